from gongdi.core.survey.circle import Service, ServiceKind, lacking


def test_a_walk_of_fifteen_minutes_is_within_and_sixteen_is_not() -> None:
    assert ServiceKind.SHOP not in lacking([Service(ServiceKind.SHOP, 15)])
    assert ServiceKind.SHOP in lacking([Service(ServiceKind.SHOP, 16)])


def test_without_any_service_everything_is_lacking_in_order() -> None:
    assert lacking([]) == list(ServiceKind)
