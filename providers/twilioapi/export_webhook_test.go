package twilioapi

// Sign is what a request of Twilio's to an address carries; its example is checked against the vendor's own.
var Sign = signature
