package stripefake

type reader struct {
	ID              string            `json:"id"`
	Object          string            `json:"object"`
	Action          *readerAction     `json:"action"`
	DeviceSwVersion string            `json:"device_sw_version"`
	DeviceType      string            `json:"device_type"`
	IPAddress       string            `json:"ip_address"`
	Label           string            `json:"label"`
	Livemode        bool              `json:"livemode"`
	Location        maybe             `json:"location"`
	Metadata        map[string]string `json:"metadata"`
	SerialNumber    string            `json:"serial_number"`
	Status          string            `json:"status"`
}

type readerAction struct {
	FailureCode        maybe               `json:"failure_code"`
	FailureMessage     maybe               `json:"failure_message"`
	ProcessSetupIntent *processSetupIntent `json:"process_setup_intent,omitempty"`
	Status             string              `json:"status"`
	Type               string              `json:"type"`
}

type processSetupIntent struct {
	GeneratedCard maybe  `json:"generated_card"`
	SetupIntent   string `json:"setup_intent"`
}

func (r reader) ident() (id, group string) { return r.ID, string(r.Location) }

func readerRoutes() []endpoint {
	expand := spec{"expand": list(text())}
	create := expand.with(spec{
		"registration_code": text().must(), "label": text(), "location": text(), "metadata": metadata(),
	})
	filter := spec{
		"location": text(), "status": oneOf("online", "offline"), "device_type": text(), "serial_number": text(),
	}
	process := expand.with(spec{
		"setup_intent": text().must(), "customer_consent_collected": boolean(), "allow_redisplay": redisplay(),
		"process_config": hash(spec{"enable_customer_cancellation": boolean()}),
	})
	return []endpoint{
		{pattern: "POST /v1/terminal/readers", spec: create, act: createReader},
		{pattern: "GET /v1/terminal/readers", spec: paging().with(filter), act: listReaders},
		{pattern: "GET /v1/terminal/readers/{id}", spec: expand, act: func(c *call) (any, error) { return c.readers.path(c.id, "reader") }},
		{pattern: "POST /v1/terminal/readers/{id}/process_setup_intent", spec: process, act: startReader},
		{pattern: "POST /v1/terminal/readers/{id}/cancel_action", spec: expand, act: cancelAction},
	}
}

func createReader(c *call) (any, error) {
	if err := c.knownLocation(); err != nil {
		return nil, err
	}
	r := reader{
		ID: newID("tmr"), Object: "terminal.reader", DeviceSwVersion: "2.22", DeviceType: "simulated_wisepos_e",
		IPAddress: "127.0.0.1", Label: c.p.or("label", c.p.text("registration_code")), Location: maybe(c.p.text("location")),
		Metadata: c.p.metadata(nil), SerialNumber: "SIM-" + token(8), Status: "online",
	}
	c.readers.put(r)
	return r, nil
}

// knownLocation refuses a location that nobody made.
func (c *call) knownLocation() error {
	if !c.p.has("location") {
		return nil
	}
	_, err := c.places.param(c.p.text("location"), "location")
	return err
}

func listReaders(c *call) (any, error) {
	if err := c.knownLocation(); err != nil {
		return nil, err
	}
	return paged(c, c.readers, c.p.text("location"), func(r reader) bool {
		return (!c.p.has("status") || r.Status == c.p.text("status")) &&
			(!c.p.has("device_type") || r.DeviceType == c.p.text("device_type")) &&
			(!c.p.has("serial_number") || r.SerialNumber == c.p.text("serial_number"))
	})
}

// startReader asks for a card. The consent has to be said, in the old parameter
// or the new one; a reader that is off or busy refuses.
func startReader(c *call) (any, error) {
	r, err := c.readers.path(c.id, "reader")
	if err != nil {
		return nil, err
	}
	si, err := c.setupIntents.param(c.p.text("setup_intent"), "setup_intent")
	if err != nil {
		return nil, err
	}
	redisplay := c.p.text("allow_redisplay")
	switch {
	case !c.p.bool("customer_consent_collected") && redisplay == "":
		return nil, invalidParam("parameter_missing", "customer_consent_collected", "Missing required param: customer_consent_collected.")
	case r.Status != "online":
		return nil, badRequest("terminal_reader_offline", "Reader is currently offline, please ensure the reader is powered on and connected to the internet before retrying your request.")
	case r.Action != nil && r.Action.Status == "in_progress":
		return nil, badRequest("terminal_reader_busy", "Reader is currently busy processing another request.")
	case !si.open():
		return nil, si.wrongState("process")
	}
	if err := si.admits(paymentMethod{Type: "card_present"}); err != nil {
		return nil, badRequest("setup_intent_invalid_parameter", "The SetupIntent must include card_present in its payment_method_types to be processed by a reader.").withParam("setup_intent")
	}
	r.Action = &readerAction{Type: "process_setup_intent", Status: "in_progress", ProcessSetupIntent: &processSetupIntent{SetupIntent: si.ID}}
	c.readers.put(r)
	return r, nil
}

func cancelAction(c *call) (any, error) {
	r, err := c.readers.path(c.id, "reader")
	if err != nil {
		return nil, err
	}
	r.Action = nil
	c.readers.put(r)
	return r, nil
}
