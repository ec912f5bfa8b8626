package demo

import (
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"strconv"
)

//go:embed data
var embedded embed.FS

// files are what is loaded, and invitations.csv, which is acted out.
func files() (fs.FS, error) {
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		return nil, fmt.Errorf("open the demo's data: %w", err)
	}
	return data, nil
}

// stage is how far an invitation of the script is brought.
type stage string

const (
	stagePending              stage = "PENDING"
	stageSent                 stage = "SENT"
	stageWaitingForBank       stage = "WAITING_FOR_BANK"
	stageReady                stage = "READY_FOR_APPROVAL"
	stageApprovedCurrentMonth stage = "APPROVED_CURRENT_MONTH"
	stageApprovedNextMonth    stage = "APPROVED_NEXT_MONTH"
	stagePaymentFailed        stage = "PAYMENT_FAILED"
)

// submits tells whether the tenant completes the form.
func (s stage) submits() bool { return s != stagePending && s != stageSent }

// decided tells whether staff decide on it.
func (s stage) decided() bool {
	return s == stageApprovedCurrentMonth || s == stageApprovedNextMonth || s == stagePaymentFailed
}

// scene is one line of invitations.csv. Tenant is the name, which is unique in the data set.
type scene struct {
	Tenant, Location, Plan, Unit   string
	AnchorDay                      int
	CardPrice, AchPrice, Insurance string
	Stage                          stage
	PaysWith                       string
}

// script is always the same, in the same order.
func script() ([]scene, error) {
	data, err := files()
	if err != nil {
		return nil, err
	}
	rows, err := readTable(data, "invitations.csv")
	if err != nil {
		return nil, err
	}
	scenes := make([]scene, 0, len(rows))
	for _, r := range rows {
		day, err := strconv.Atoi(r["anchor_day"])
		if err != nil {
			return nil, fmt.Errorf("invitations.csv: anchor day of %q: %w", r["tenant"], err)
		}
		scenes = append(scenes, scene{
			Tenant: r["tenant"], Location: r["location"], Plan: r["plan"], Unit: r["unit"], AnchorDay: day,
			CardPrice: r["card_price"], AchPrice: r["ach_price"], Insurance: r["insurance"],
			Stage: stage(r["stage"]), PaysWith: r["pays_with"]})
	}
	return scenes, nil
}

// readTable reads a file of the data set, each row by the names of its columns.
func readTable(data fs.FS, name string) ([]map[string]string, error) {
	file, err := data.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open the demo's data: %w", err)
	}
	defer func() { _ = file.Close() }()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil || len(records) == 0 {
		return nil, fmt.Errorf("read the demo's %s: %w", name, err)
	}
	rows := make([]map[string]string, 0, len(records)-1)
	for _, record := range records[1:] {
		row := make(map[string]string, len(record))
		for i, column := range records[0] {
			row[column] = record[i]
		}
		rows = append(rows, row)
	}
	return rows, nil
}
