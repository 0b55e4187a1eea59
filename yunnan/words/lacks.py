"""How much a value lacks of its target, in words."""

from decimal import ROUND_CEILING, Decimal

from yunnan.words import wording


def lacking(lack, unit: str) -> str:
    """'差2,092万元', '差3场', '差23.0个百分点', '差0.4分'; '—' for none.

    Rounded up where the unit is counted or is a rate, so that what is still lacking never reads as nothing.
    """
    if wording.is_none(lack):
        return wording.NONE
    size = Decimal(str(lack))
    if unit == "%":
        return f"差{wording.fixed((size * 100).quantize(Decimal('0.1'), ROUND_CEILING), 1)}个百分点"
    if wording.is_counted(unit):
        size = size.to_integral_value(ROUND_CEILING)
    return f"差{wording.measure(size, unit)}"
