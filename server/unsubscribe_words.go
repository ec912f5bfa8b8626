package server

// unsubscribeWording is what the page says. Before, Middle and After stand around the address and the sender; without a Button
// there is no form.
type unsubscribeWording struct {
	Language                     string
	Title, Before, Middle, After string
	Note                         string
	Action, Button               string

	doneTitle, doneBefore, doneButton string
	unknownTitle, unknownText         string
	failedTitle, failedText           string
}

func (w unsubscribeWording) done() unsubscribeWording {
	w.Title, w.Before, w.Action, w.Button = w.doneTitle, w.doneBefore, "subscribe", w.doneButton
	return w
}

func (w unsubscribeWording) unknown() unsubscribeWording {
	return unsubscribeWording{Language: w.Language, Title: w.unknownTitle, Note: w.unknownText}
}

func (w unsubscribeWording) failed() unsubscribeWording {
	return unsubscribeWording{Language: w.Language, Title: w.failedTitle, Note: w.failedText}
}

// unsubscribeWords are by the language of the email that the link stood in.
var unsubscribeWords = map[string]unsubscribeWording{
	"en": {
		Language: "en",
		Title:    "Unsubscribe from invitations?", Before: "No more invitations by email will be sent to", Middle: "by", After: " or any other location of the same company.",
		Note:   "What you need to know about an account that you have set up, or are setting up, still reaches you.",
		Action: "unsubscribe", Button: "Unsubscribe",
		doneTitle: "You are unsubscribed", doneBefore: "No invitations by email are sent any more to", doneButton: "Subscribe again",
		unknownTitle: "This link does not work",
		unknownText:  "It may have been cut off on its way. Open the link in the email again, or reply to the email and ask to be taken off the list.",
		failedTitle:  "That did not work",
		failedText:   "Something went wrong on our side, and nothing was changed. Please try again in a minute.",
	},
	"es": {
		Language: "es",
		Title:    "¿No recibir más invitaciones?", Before: "No se enviarán más invitaciones por correo a", Middle: "de parte de", After: " ni de otra sede de la misma empresa.",
		Note:   "Seguirá recibiendo lo que necesite saber sobre una cuenta que ya configuró o está configurando.",
		Action: "unsubscribe", Button: "No recibir más",
		doneTitle: "Ya no recibirá invitaciones", doneBefore: "Ya no se envían invitaciones por correo a", doneButton: "Volver a recibirlas",
		unknownTitle: "Este enlace no funciona",
		unknownText:  "Puede que se haya cortado por el camino. Abra otra vez el enlace del correo, o responda al correo y pida que no le escriban más.",
		failedTitle:  "No se pudo hacer",
		failedText:   "Algo falló de nuestro lado y no se cambió nada. Inténtelo otra vez en un minuto.",
	},
}
