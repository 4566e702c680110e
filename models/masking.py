"""Taking personal data and the unit's name out of text that leaves the program (提示词 for AI tools)."""

import re
from collections.abc import Iterable

from models.checks.texts import mask_personal_data

UNIT = "某企业工会"
COMPANY = "某企业"
PERSON = "某职工"
NUMBER = "（号码已略去）"
ADDRESS = "（网址已略去）"

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_URL = re.compile(r"(?:https?://|www\.)[^\s，。；）]+", re.IGNORECASE)
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[ -—－]\d{7,8}(?!\d)")
_UNION = re.compile(r"(联合)?(工会)(委员会)?$")
_LEGAL = re.compile(r"(集团)?(股份|有限责任|有限)*公司$|集团$")
_CITY = re.compile(r"^(河南省|河南)?(焦作市|焦作)?")
_COUNTY = re.compile(r"^[\u4e00-\u9fff]{1,3}[县区]")
_TRADE = re.compile(
    r"(化工|化学|机械|制造|重工|轮胎|橡胶|制药|医药|生物|食品|饮料|酒业|纸业|纺织|服装|家具|建材|水泥|玻璃|陶瓷|钢铁|铝业|有色|冶金|"
    r"煤业|矿业|能源|电力|热力|供电|燃气|水务|电子|电气|仪表|科技|信息|网络|通信|软件|新材料|材料|环保|物流|运输|"
    r"公交|建设|建筑|工程|商贸|贸易|实业|控股|投资|工业|股份|装备|汽车|车辆)+$"
)
_SHORTEST_BRAND = 3  # a shorter piece of a company's name is an ordinary word too often
# 王建国师傅, 李喆同志: a common surname, a given name, and a form of address.
_ADDRESSED = re.compile(
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁沈姚卢姜崔钟谭陆汪范廖韦贾付邹熊孟秦邱侯薛闫段雷贺龚]"
    "[\u4e00-\u9fff]{1,2}(?=同志|师傅|先生|女士)"
)
_NAME_SEPARATOR = re.compile(r"[^\u3400-\U0003ffff·]+")
_TITLE = re.compile(r"(工会)?(副?主席|副?书记|副?主任|副?部长|副?科长|干事|同志|师傅|经理|班长|组长|委员)$")
# 责任人 may be an office: that is no name, and its words stand everywhere.
_OFFICE = re.compile(r"工会|部|科|室|车间|班组|分会|支部|委员|职工|公司|中心|小组|全体")
_SHORTEST_NAME, _LONGEST_NAME = 2, 15  # 新疆 names are long; a sentence is longer


def person_names(fields: Iterable[str]) -> list[str]:
    """The single names in fields that hold one or several (“赵芳、李喆主任 13800000000”), the longest first."""
    words = (_TITLE.sub("", word) for field in fields for word in _NAME_SEPARATOR.split(field))
    names = {word for word in words if _SHORTEST_NAME <= len(word) <= _LONGEST_NAME and not _OFFICE.search(word)}
    return sorted(names, key=len, reverse=True)


def unit_names(name: str) -> list[str]:
    """The ways a text may call this unit, with what each becomes, the longest first."""
    name = name.strip()
    if not name:
        return []
    company = _UNION.sub("", name)  # the union's suffix is matched behind every piece
    in_city = _CITY.sub("", company)
    local = _COUNTY.sub("", in_city)
    brand = _TRADE.sub("", _LEGAL.sub("", local))
    wholes = (company, in_city, local)
    pieces = (*wholes, *(_LEGAL.sub("", whole) for whole in wholes), brand)
    return sorted({each for each in pieces if len(each) >= _SHORTEST_BRAND}, key=len, reverse=True)


class Mask:
    """Replaces what must not leave: the unit, these people, and numbers and addresses of any kind."""

    def __init__(self, unit_name: str, people: Iterable[str]) -> None:
        self._units = unit_names(unit_name)
        self._people = person_names(people)

    def __call__(self, text: str) -> str:
        """The text without them."""
        for name in self._units:
            text = re.sub(f"{re.escape(name)}(联合)?工会(委员会)?", UNIT, text)
            text = text.replace(name, COMPANY)
        for name in self._people:
            text = text.replace(name, PERSON)
        text = _ADDRESSED.sub(PERSON, text)
        text = _EMAIL.sub(ADDRESS, _URL.sub(ADDRESS, text))
        return mask_personal_data(_LANDLINE.sub(NUMBER, text), NUMBER)
