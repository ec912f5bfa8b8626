package migration

import (
	"fmt"
	"strings"
	"time"

	"carryover/money"
	"carryover/queries"
)

// What an ACTION_NEEDED message says where it does not tell why a submission failed.
const (
	saysVerifying       = "verifying"
	saysDepositComing   = "deposit_coming"
	saysDepositThere    = "deposit_there"
	saysDepositReminder = "deposit_reminder"
	saysUndone          = "undone"
	saysConfirmPayment  = "confirm_payment"
	saysConfirmCard     = "confirm_card"
	saysConfirmRenewal  = "confirm_renewal"
)

// saysToConfirm is what a tenant is told whose bank wants them: a charge waits for them, or only their card does.
func saysToConfirm(row *queries.Subscription) string {
	if row.Status == queries.SubscriptionStatusIncomplete {
		return saysConfirmPayment
	}
	return saysConfirmCard
}

// askingWords are the sentences about a bank account that is waited for, and about a bank that waits for its customer. %s is a date
// at the location.
var askingWords = map[string]map[queries.MessageLanguage]string{
	saysVerifying: {
		queries.MessageLanguageEn: "Your bank account is being verified. This takes three to five business days, and nothing is asked of you meanwhile.",
		queries.MessageLanguageEs: "Estamos verificando su cuenta bancaria. Tarda de tres a cinco días hábiles y mientras tanto no tiene que hacer nada.",
	},
	saysDepositComing: {
		queries.MessageLanguageEn: "Your bank account is being verified, which takes three to five business days. A deposit of one cent arrives by %s; its description holds a code that begins with SM. When it is there, open your page and enter the code. We will write to you again then.",
		queries.MessageLanguageEs: "Estamos verificando su cuenta bancaria; tarda de tres a cinco días hábiles. Un depósito de un centavo llegará a más tardar el %s; su descripción contiene un código que empieza por SM. Cuando llegue, abra su página e ingrese el código. Le volveremos a escribir entonces.",
	},
	saysDepositThere: {
		queries.MessageLanguageEn: "The deposit of one cent should be on your bank account by now. Look for the code that begins with SM in its description, open your page and enter it by %s.",
		queries.MessageLanguageEs: "El depósito de un centavo ya debería estar en su cuenta. Busque en la descripción el código que empieza por SM, abra su página e ingréselo antes del %s.",
	},
	saysDepositReminder: {
		queries.MessageLanguageEn: "The code of the one-cent deposit has not been entered yet. Without it your bank account cannot be used: enter it by %s.",
		queries.MessageLanguageEs: "Todavía no se ha ingresado el código del depósito de un centavo. Sin él no se puede usar su cuenta: ingréselo antes del %s.",
	},
	saysConfirmPayment: {
		queries.MessageLanguageEn: "Your bank wants you to confirm your first payment. Open your page and confirm it by %s. Until then nothing is charged, and your place is not settled.",
		queries.MessageLanguageEs: "Su banco quiere que confirme su primer pago. Abra su página y confírmelo a más tardar el %s. Hasta entonces no se cobra nada y su lugar no está asegurado.",
	},
	saysConfirmCard: {
		queries.MessageLanguageEn: "Your bank wants you to confirm that your card may be charged each month. Open your page and confirm it by %s. Nothing is charged by that.",
		queries.MessageLanguageEs: "Su banco quiere que confirme que se puede cobrar en su tarjeta cada mes. Abra su página y confírmelo a más tardar el %s. Con ello no se cobra nada.",
	},
}

// renewalWords ask for the confirmation of a charge of a subscription that runs: its amount, and the date on which it was made.
var renewalWords = map[queries.MessageLanguage]string{
	queries.MessageLanguageEn: "Your bank wants you to confirm your payment of %[1]s, which was due on %[2]s. Until you do, it is not paid. Sign in to your account to confirm it, or to give another payment method.",
	queries.MessageLanguageEs: "Su banco quiere que confirme su pago de %[1]s, que vencía el %[2]s. Hasta que lo haga no está pagado. Entre en su cuenta para confirmarlo o para dar otro método de pago.",
}

// failureWords stand in for a bank's own sentence, which is in English, where the tenant reads another language.
var failureWords = map[queries.SubmissionStatus]string{
	queries.SubmissionStatusPaymentFailed:          "No se pudo hacer el cobro con su método de pago. Elija otro.",
	queries.SubmissionStatusMethodLost:             "Su método de pago ya no se puede usar. Elija otro.",
	queries.SubmissionStatusBankVerificationFailed: "No se pudo verificar su cuenta bancaria. Elija otro método de pago.",
}

// rejectedWords come before what a staff member wrote to the tenant, who reads it as it was written.
var rejectedWords = map[queries.MessageLanguage]string{
	queries.MessageLanguageEn: "%s",
	queries.MessageLanguageEs: "La sede no pudo aceptar su solicitud y escribe: %s",
}

// reasonFor is why a submission failed, in the language of its tenant.
func reasonFor(sub *queries.Submission) string {
	if sub.Status == queries.SubmissionStatusRejected {
		return fmt.Sprintf(rejectedWords[sub.Language], sub.StatusReason)
	}
	if words, ok := failureWords[sub.Status]; ok && sub.Language == queries.MessageLanguageEs {
		return words
	}
	return sub.StatusReason
}

// undoneWords are what a tenant reads of an approval that was taken back: the staff member's reason, and what became of the money.
var undoneWords = map[queries.MessageLanguage]struct{ reason, refunded, disputed, credited, nothing string }{
	queries.MessageLanguageEn: {"The location writes: %s",
		"We give %s back to the payment method that it came from; banks take five to ten business days.",
		"Your bank has taken %s back already.", "Your payment of %s was given back.", "Nothing was charged."},
	queries.MessageLanguageEs: {"La sede escribe: %s",
		"Devolvemos %s al método de pago con el que se cobró; los bancos tardan de cinco a diez días hábiles.",
		"Su banco ya ha recuperado %s.", "Se le devolvió su pago de %s.", "No se cobró nada."},
}

// wordsFor fills one of the sentences that ask for something; says must be one of the constants above.
func wordsFor(says string, language queries.MessageLanguage, on Date) (string, error) {
	words, ok := askingWords[says][language]
	if !ok {
		return "", fmt.Errorf("no words for %q in %q", says, language)
	}
	if says == saysVerifying {
		return words, nil
	}
	return fmt.Sprintf(words, dateInWords(on, language)), nil
}

// What an approval says of itself where it came to something other than what was chosen, or to nothing final yet. It is kept and
// shown in English; who is told by email reads it in the language of the location.
const (
	bankWantsTenant = "The tenant's bank wants the tenant to confirm the payment."
	endedAtStripe   = "The subscription was paid and ended at Stripe before it was recorded here."
	heldAtStripe    = "Stripe already held a subscription of this reservation, from an earlier approval. It was kept and no second one was made."
)

var outcomeInSpanish = map[string]string{
	bankWantsTenant: "El banco del cliente pide que confirme el pago.",
	endedAtStripe:   "La suscripción se pagó y terminó en Stripe antes de que se registrara aquí.",
	heldAtStripe:    "Stripe ya tenía una suscripción de esta reserva, de una aprobación anterior. Se conservó y no se creó otra.",
}

// billingWords say what an approval charges: its amount, and the date of the next charge.
var billingWords = map[queries.MessageLanguage]map[queries.StartOption]string{
	queries.MessageLanguageEn: {
		queries.StartOptionCurrentMonth: "Current Month: %[1]s charged at once, next charge on %[2]s",
		queries.StartOptionNextMonth:    "Next Month: nothing charged until %[2]s",
	},
	queries.MessageLanguageEs: {
		queries.StartOptionCurrentMonth: "Mes en curso: se cobraron %[1]s de inmediato; próximo cobro el %[2]s",
		queries.StartOptionNextMonth:    "Mes siguiente: no se cobra nada hasta el %[2]s",
	},
}

// describeBilling is what the location's contact is told that an approval charges or, where it has one, its reason.
func describeBilling(a *queries.Approval, language queries.MessageLanguage) string {
	if a.OutcomeReason != "" {
		if words, ok := outcomeInSpanish[a.OutcomeReason]; ok && language == queries.MessageLanguageEs {
			return words
		}
		return a.OutcomeReason
	}
	due := money.Money{Minor: a.DueTodayMinor, Currency: a.Currency}
	return fmt.Sprintf(billingWords[language][a.Option], due, dateInWords(a.NextChargeOn, language))
}

// billsThereWords warn of a bill of the old system. %s is its date.
var billsThereWords = map[queries.MessageLanguage]string{
	queries.MessageLanguageEn: "The old system bills on %s as well. Cancel the membership there today, or the customer is charged twice.",
	queries.MessageLanguageEs: "El sistema anterior también cobra el %s. Cancele hoy la membresía allí; si no, se le cobrará dos veces al cliente.",
}

var spanishMonths = strings.Fields("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")

// dateInWords is a date as it is read out: "March 15, 2026", "15 de marzo de 2026".
func dateInWords(d Date, language queries.MessageLanguage) string {
	if language == queries.MessageLanguageEs {
		return fmt.Sprintf("%d de %s de %d", d.Day, spanishMonths[d.Month-1], d.Year)
	}
	return fmt.Sprintf("%s %d, %d", d.Month, d.Day, d.Year)
}

// mandateWords is what a tenant authorises with a bank account; the Nacha rules want it shown and kept. %s is the location.
var mandateWords = map[queries.MessageLanguage]string{
	queries.MessageLanguageEn: "I authorize %[1]s to debit the bank account given here for the amounts of my monthly plan as they fall due, and, if necessary, to credit it to correct an error. This authorization stays in force until I withdraw it by telling %[1]s at least three business days before the next debit.",
	queries.MessageLanguageEs: "Autorizo a %[1]s a cargar en la cuenta bancaria indicada los importes de mi plan mensual cuando venzan y, si fuera necesario, a abonar en ella para corregir un error. Esta autorización sigue vigente hasta que la retire avisando a %[1]s al menos tres días hábiles antes del siguiente cargo.",
}

// MandateText is what a tenant accepts with a bank account.
func MandateText(language queries.MessageLanguage, l *queries.Location) string {
	return fmt.Sprintf(mandateWords[language], l.Name)
}

// What an ACCOUNT_NOTICE says.
const (
	saysEmailChanged  = "email_changed"
	saysEmailDeclined = "email_declined"
	saysMethodChanged = "method_changed"
	saysMethodFailed  = "method_failed"
	saysClosed        = "offer_closed"
)

// accountWords name neither the new address nor the new method: who reads them may not be the tenant, and then must learn that
// something was changed and nothing more.
var accountWords = map[string]map[queries.MessageLanguage]string{
	saysEmailChanged: {
		queries.MessageLanguageEn: "The email address of your account was changed, as was asked for. From now on we write to the new one, and only the new one signs in. If this was not you, tell {location} at once.",
		queries.MessageLanguageEs: "Se cambió el correo electrónico de su cuenta, como se pidió. A partir de ahora escribimos al nuevo, y solo con el nuevo se puede entrar. Si no fue usted, avise enseguida a {location}.",
	},
	saysEmailDeclined: {
		queries.MessageLanguageEn: "{location} did not take the email address that you gave, and your account keeps this one. The reason: {reason}",
		queries.MessageLanguageEs: "{location} no aceptó el correo electrónico que usted dio, y su cuenta conserva este. El motivo: {reason}",
	},
	saysMethodChanged: {
		queries.MessageLanguageEn: "Your monthly payment for {plan} at {location} is now made with another payment method; your account shows it. Amount and day stay as they are. If this was not you, tell {location} at once.",
		queries.MessageLanguageEs: "Su pago mensual de {plan} en {location} se hace ahora con otro método de pago; su cuenta lo muestra. El importe y el día no cambian. Si no fue usted, avise enseguida a {location}.",
	},
	saysMethodFailed: {
		queries.MessageLanguageEn: "The new payment method could not be used, so your monthly payment for {plan} at {location} goes on with the one before. Your account shows why; you can give another one there.",
		queries.MessageLanguageEs: "No se pudo usar el nuevo método de pago, así que su pago mensual de {plan} en {location} sigue con el anterior. Su cuenta muestra por qué; ahí puede dar otro.",
	},
	saysClosed: {
		queries.MessageLanguageEn: "{location} has closed what you sent for {plan}, and its link opens nothing any more. Nothing is charged. {location} writes: {reason}",
		queries.MessageLanguageEs: "{location} ha cerrado lo que usted envió para {plan}, y su enlace ya no abre nada. No se cobra nada. {location} escribe: {reason}",
	},
}

// momentInWords is a moment as staff read it, by the clock of its place: "8:00 AM MST on March 15, 2026".
func momentInWords(at time.Time) string {
	return at.Format("3:04 PM MST") + " on " + dateInWords(DateIn(at, at.Location()), queries.MessageLanguageEn)
}
