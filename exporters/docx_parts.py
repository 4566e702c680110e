"""The fixed parts of a Word file: its styles, settings, list of fonts and footers. There is no theme."""

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from exporters.docx_page import CONDENSED, LINE_PITCH, PITCH

SONG, FANGSONG, HEI, KAI, TITLE = "宋体", "仿宋", "黑体", "楷体", "方正小标宋简体"
BODY_SIZE = 16  # points, 3号
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_INDENT = f'<w:ind w:firstLineChars="200" w:firstLine="{round(2 * PITCH)}"/>'
# Punctuation stays within the margin and letters get no extra space, as on the PDF.
_NORMAL = (
    '<w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    '<w:jc w:val="both"/>'
)
# 固定值 besides the grid: a substitute for 仿宋 may be so high that programs give each line two of the grid's.
_LINE = f'w:line="{LINE_PITCH}" w:lineRule="exact"'
_EXACT = f"<w:spacing {_LINE}/>"
_LOOSE = '<w:snapToGrid w:val="0"/>'  # table text is not on the grid of the page
_SINGLE = '<w:spacing w:line="240" w:lineRule="auto"/>'
_SIGNING = '<w:spacing w:before="120" w:line="400" w:lineRule="auto"/>'
_GAP = '<w:spacing w:before="120" w:after="60" w:line="240" w:lineRule="auto"/>'
_FONTS = (  # name, the names that other systems know it by, family
    (SONG, "SimSun", "auto"),
    (FANGSONG, "FangSong", "modern"),
    (HEI, "SimHei", "modern"),
    (KAI, "KaiTi", "modern"),
    (TITLE, "FZXiaoBiaoSong-B05S", "script"),
)


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style. `alias` is the name by which clerks know a built-in one."""

    key: str
    name: str
    font: str
    size: float
    paragraph: str = ""
    alias: str = ""
    next: str = ""
    based_on: str = "Normal"

    def xml(self) -> str:
        shown = (
            f"<w:name w:val={quoteattr(self.name)}/>",
            f"<w:aliases w:val={quoteattr(self.alias)}/>" if self.alias else "",
            f'<w:basedOn w:val="{self.based_on}"/>' if self.key != "Normal" else "",
            f'<w:next w:val="{self.next}"/>' if self.next else "",
            "<w:qFormat/>",
            f"<w:pPr>{self.paragraph}</w:pPr>" if self.paragraph else "",
            f"<w:rPr>{_fonts(self.font)}{self._spacing()}{_size(self.size)}</w:rPr>",
        )
        kind = ' w:default="1"' if self.key == "Normal" else "" if self.name.isascii() else ' w:customStyle="1"'
        return f'<w:style w:type="paragraph"{kind} w:styleId="{self.key}">{"".join(shown)}</w:style>'

    def _spacing(self) -> str:
        """Text of 3号 stands so close that 28 characters fill a line."""
        return f'<w:spacing w:val="{CONDENSED}"/>' if self.size == BODY_SIZE else '<w:spacing w:val="0"/>'


def _heading(level: int, alias: str, font: str) -> _Style:
    paragraph = f'<w:keepNext/>{_EXACT}{_INDENT}<w:outlineLvl w:val="{level - 1}"/>'
    return _Style(f"Heading{level}", f"heading {level}", font, BODY_SIZE, paragraph, alias, next="OfficialText")


def _styles(table_size: float) -> tuple[_Style, ...]:
    centred = '<w:jc w:val="center"/>'
    below_title = f'<w:spacing w:afterLines="100" w:after="{LINE_PITCH}" {_LINE}/>'
    return (
        _Style("Normal", "Normal", FANGSONG, BODY_SIZE, _NORMAL),
        _Style("Title", "Title", TITLE, 22, f"<w:keepNext/>{_LOOSE}{below_title}<w:contextualSpacing/>{centred}"),
        _Style("Addressee", "主送机关", FANGSONG, BODY_SIZE, _EXACT, next="OfficialText"),
        _heading(1, "一级标题", HEI),
        _heading(2, "二级标题", KAI),
        _heading(3, "三级标题", FANGSONG),
        _Style("OfficialText", "公文正文", FANGSONG, BODY_SIZE, f"{_EXACT}{_INDENT}"),
        _Style("AttachmentList", "附件说明", FANGSONG, BODY_SIZE, _EXACT),
        _Style("Closing1", "落款", FANGSONG, BODY_SIZE, f'{_EXACT}<w:jc w:val="right"/>'),
        _Style("FormInfo", "表头信息", SONG, 10.5, f"{_LOOSE}{_SINGLE}"),
        _Style("SigningLine", "签字栏", SONG, 10.5, f"<w:keepNext/>{_LOOSE}{_SIGNING}"),
        _Style("TableHeading", "表题", HEI, 12, f'<w:keepNext/>{_LOOSE}{_GAP}<w:outlineLvl w:val="0"/>'),
        _Style("TableText", "表格文字", SONG, table_size, f'{_LOOSE}{_SINGLE}<w:jc w:val="left"/>'),
        _Style("TableHead", "表格表头", HEI, table_size, f"<w:keepNext/>{_LOOSE}{_SINGLE}{centred}"),
        _Style("FormNote", "表下说明", SONG, 9, f"{_LOOSE}{_SINGLE}"),
        _Style("Photo", "照片", FANGSONG, 10.5, f"<w:keepNext/>{_LOOSE}{_SINGLE}{centred}"),
        _Style("PhotoCaption", "照片说明", FANGSONG, 10.5, f"{_LOOSE}{_GAP}{centred}"),
        _Style("Footer", "footer", SONG, 14, f"{_LOOSE}{_SINGLE}"),
    )


def _fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:eastAsia="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def styles(table_size: float) -> str:
    """styles.xml, with `table_size` points for the text of tables."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    margins = (
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
    )
    # The first is for Latin words only: called Chinese, LibreOffice breaks numbers between any two digits.
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    paragraphs = "".join(style.xml() for style in _styles(table_size))
    return (
        f"<w:styles {NAMESPACES}>"
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANGSONG)}{_size(BODY_SIZE)}{language}</w:rPr></w:rPrDefault>"
        f"</w:docDefaults>{paragraphs}"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{margins}</w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
        "</w:styles>"
    )


def settings() -> str:
    """settings.xml: as Word 2013 and later lay pages out, odd and even ones apart."""
    uri = "http://schemas.microsoft.com/office/word"
    modes = (
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
    )
    modern = "".join(f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>' for name, value in modes)
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:compat><w:doNotExpandShiftReturn/><w:useFELayout/>{modern}</w:compat>"
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def font_table() -> str:
    """fontTable.xml: Chinese fonts by their Chinese names, and what they are called elsewhere."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/></w:font>'
        for name, other, family in _FONTS
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {NAMESPACES}>{fonts}</w:fonts>'


def footer(*, even: bool) -> str:
    """— 1 —, one character from the outer edge: to the right on odd pages, to the left on even ones."""
    at = f'<w:ind w:leftChars="100" w:left="{round(PITCH)}"/><w:jc w:val="left"/>'
    if not even:
        at = f'<w:ind w:rightChars="100" w:right="{round(PITCH)}"/><w:jc w:val="right"/>'
    return (
        f'<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/>{at}</w:pPr>'
        f"{_page_run('— ')}{_field('begin')}<w:r><w:instrText"
        f' xml:space="preserve"> PAGE </w:instrText></w:r>{_field("separate")}<w:r><w:t>1</w:t></w:r>{_field("end")}'
        f"{_page_run(' —')}</w:p></w:ftr>"
    )


def _page_run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def application(name: str) -> str:
    """docProps/app.xml."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>{name}</Application><DocSecurity>0</DocSecurity></Properties>"
    )
