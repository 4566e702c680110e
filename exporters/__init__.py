"""Turn a filled `Report` into files: PDF, Excel, mail draft.

Every exporter sees only `models.report.Report` (and plain values); none of them reads the ledger.
Heavy libraries are imported inside the functions that use them, so importing this package is cheap.
"""
