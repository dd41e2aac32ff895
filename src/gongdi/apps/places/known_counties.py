"""The few counties whose codes come with the project: those of the published rosters. A place lists its own others."""

from __future__ import annotations

KNOWN_COUNTIES = {
    ("滁州市", "天长市"): ("安徽省", "341181"),
    ("太原市", "尖草坪区"): ("山西省", "140108"),
    ("哈尔滨市", "双城区"): ("黑龙江省", "230113"),
    ("宁波市", "江北区"): ("浙江省", "330205"),
    ("宁波市", "鄞州区"): ("浙江省", "330212"),
    ("重庆市", "渝北区"): ("重庆市", "500112"),
    ("宿州市", "萧县"): ("安徽省", "341322"),
    ("郑州市", "管城区"): ("河南省", "410104"),
}
"""The province and the code of each county, by city and county (codes of the statistics bureau)."""
