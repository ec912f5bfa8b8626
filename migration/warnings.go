package migration

// WarningCode says what a careful person would want to know; clients rely on the names.
type WarningCode string

// The codes of the API's UserWarningCode.
const (
	WarnEmailInUse    WarningCode = "EMAIL_IN_USE"
	WarnPhoneInUse    WarningCode = "PHONE_IN_USE"
	WarnAlreadyTexted WarningCode = "ALREADY_TEXTED"
	WarnSuppressed    WarningCode = "SUPPRESSED"
	WarnUnusualPrice  WarningCode = "UNUSUAL_PRICE"
)

// Warning does not stand in the way. It never tells about people of locations that the caller does not manage.
type Warning struct {
	Code    WarningCode
	Field   []string
	Message string
}
