package migration

import (
	"fmt"

	"carryover/money"
)

func warnOfPrices(o Offer) (w []*Warning) {
	if own := o.Invitation.CardPriceOverrideMinor; own != nil {
		w = append(w, warnOfPrice(*own, o.Plan.CardPriceMinor, o.Plan.Currency, "cardPrice")...)
	}
	if own := o.Invitation.AchPriceOverrideMinor; own != nil { // a plan without one is measured by its card price
		w = append(w, warnOfPrice(*own, either(o.Plan.AchPriceMinor, o.Plan.CardPriceMinor), o.Plan.Currency, "achPrice")...)
	}
	return w
}

// warnOfPrice: more than half of the plan's price away from it, in either direction.
func warnOfPrice(own, plans int64, currency, field string) []*Warning {
	if away := max(own-plans, plans-own); 2*away <= plans {
		return nil
	}
	return []*Warning{{WarnUnusualPrice, []string{field, "amount"}, fmt.Sprintf("The plan's price is %s; this one differs by more than half of it.",
		money.Money{Minor: plans, Currency: currency})}}
}
