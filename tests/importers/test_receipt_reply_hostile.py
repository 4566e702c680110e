"""A mail that somebody made to hang the program is read or refused in time; half-strange ones are read."""

from pathlib import Path
from time import process_time

import pytest

from importers.receipt_reply import read_reply
from models.errors import UserError
from tests.importers.test_receipt_reply import CODE

LONG = 1_000_000


def mail(body: str | bytes, kind: str = "text/plain; charset=utf-8", **headers: str) -> bytes:
    """A mail as bytes; a header given takes the place of the usual one."""
    usual = {"From": "a@b.cn", "To": "me@126.com", "Date": "Fri, 10 Oct 2025 12:00:00 +0800"}
    head = "".join(f"{name}: {value}\r\n" for name, value in {**usual, **headers}.items())
    start = f"{head}MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n".encode()
    return start + (body if isinstance(body, bytes) else body.encode())


def as_html(body: str) -> bytes:
    return mail(body, "text/html; charset=utf-8")


READABLE = {
    "Outlook's conditions": as_html(f"<![if !supportEmptyParas]>&nbsp;<![endif]><p>回执码：{CODE}"),
    "a condition nobody knows": as_html(f"<![foo bar]><p>回执码：{CODE}<![if"),
    "a comment with a code": as_html(f"<!-- 2345-6789 <p> --><p>回执码：{CODE}</p>"),
    "a script with tags": as_html(f"<script>if (1<2) '<title>2345-6789'</script><p>回执码：{CODE}"),
    "signs that are no tags": as_html(f"3 < 5 && <<< 回执码：&#x37;{CODE[1:]} <"),
    "Chinese without saying so": mail(f"收到，回执码 {CODE}".encode("gbk"), "text/plain"),
    "Chinese that calls itself GBK": mail(f"收到，回执码 {CODE}".encode("gbk"), "text/plain; charset=gbk"),
    "an unknown character set": mail(f"回执码 {CODE}", "text/plain; charset=x-nonsense"),
    "line ends of Unix": mail(f"回执码 {CODE}").replace(b"\r\n", b"\n"),
    "line ends of an old Mac": mail(f"回执码 {CODE}").replace(b"\r\n", b"\r"),
    "a byte order mark": b"\xef\xbb\xbf" + mail(f"回执码 {CODE}"),
    "thousands of receivers": mail(f"回执码 {CODE}", To="a@b.cn, " * 5000 + "c@d.cn"),
}


@pytest.mark.parametrize("name", READABLE)
def test_strange_mails_of_ordinary_programs_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "回复.eml").write_bytes(READABLE[name])
    assert read_reply(tmp_path / "回复.eml").receipt_code == CODE


HANGING = {
    **{f"html {text}": as_html(text * (200_000 // len(text))) for text in ("<", "<a ", "<!--", '<a b="', "</", "<?")},
    **{
        f"html {text}": as_html(text * (200_000 // len(text)))
        for text in ("<!", "<![", "<blockquote>", "&#", "<a b='>")
    },
    **{
        f"From {text}": mail("x", From=text * (LONG // len(text)))
        for text in ("a,", "(", '"', "<", "@", "a.", "a b ", "=?utf-8?b?5Lit?= ", "=?", "a:", "[", "\\")
    },
    "To": mail("x", To="a@b.cn, " * 100_000),
    "Date": mail("x", Date="Fri " * 200_000),
    "digits": mail("x", Date=f"Fri, 10 Oct {'9' * 5000} 12:00:00 +0800"),
    "parameters": mail("x", "text/plain; " + "a*0=b; " * 100_000),
    "semicolons": mail("x", ";" * LONG),
    "parts of a name": mail("x", "application/json; " + "".join(f'name*{n}="a.json";' for n in range(20_000))),
    "mails in mails": b"Content-Type: message/rfc822\r\n\r\n" * 5000,
    "parts": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * LONG,
    "headers": b"X: y\r\n" * 4_000_000,
    "lines": mail(b"\n" * 25_000_000),
}


@pytest.mark.parametrize("name", HANGING)
def test_a_mail_made_to_hang_is_refused_in_time(tmp_path: Path, name: str) -> None:
    (tmp_path / "回复.eml").write_bytes(HANGING[name])
    begun = process_time()
    with pytest.raises(UserError) as caught:
        read_reply(tmp_path / "回复.eml")
    assert caught.value.message.endswith("。") and process_time() - begun < 10
