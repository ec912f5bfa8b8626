package server

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"carryover/access"
	"carryover/graph"
	"carryover/migration"
)

// uploadRoute is answered once the whole file is there, which may be after the browser has asked for much else.
const uploadRoute = "POST /imports"

// uploadPatience is how long a file on its way in may stand still.
const uploadPatience = time.Minute

// uploadsWaiting is how many files of the largest size one person may leave lying about without importing them.
const uploadsWaiting = 4

// onlyStaff lets through whom may, a member of access.Viewer, says so of.
func onlyStaff(next http.HandlerFunc, may func(*access.Viewer) bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		viewer := access.From(r.Context()).Viewer
		switch {
		case viewer == nil:
			sayJSON(w, http.StatusUnauthorized, refused(migration.Code("UNAUTHENTICATED"), "Sign in first."))
		case !may(viewer):
			sayJSON(w, http.StatusForbidden, refused(migration.Code("FORBIDDEN"), "Your role or your token's scope does not allow this."))
		default:
			next(w, r)
		}
	})
}

// upload keeps the request's body as a file and answers the id to import it by. It takes as long as bytes come.
func (o Options) upload(w http.ResponseWriter, r *http.Request) {
	body := &patient{in: http.MaxBytesReader(w, r.Body, o.UploadMost+1), control: http.NewResponseController(w)}
	file, err := o.Resolver.Migration.Upload(r.Context(), graph.Actor(r.Context()), r.URL.Query().Get("name"), body,
		migration.UploadBounds{File: o.UploadMost, Waiting: uploadsWaiting * o.UploadMost})
	var tooLarge *http.MaxBytesError
	refusals, isRefusal := migration.RefusalsIn(err)
	switch {
	case isRefusal:
		sayJSON(w, http.StatusUnprocessableEntity, map[string]any{"errors": answered(refusals)})
	case errors.As(err, &tooLarge):
		sayJSON(w, http.StatusRequestEntityTooLarge, refused(migration.CodeInvalid, "The file is too large. Part it in two, each with the headings."))
	case err != nil && body.err == nil:
		o.Log.ErrorContext(r.Context(), "a file could not be kept", "request_id", requestID(r.Context()), "error", err)
		sayJSON(w, http.StatusServiceUnavailable, refused(migration.Code("INTERNAL"), "The file could not be kept just now. Nothing of it was; send it again in a minute."))
	case err != nil:
		o.Log.WarnContext(r.Context(), "a file was not taken", "request_id", requestID(r.Context()), "error", err)
		sayJSON(w, http.StatusBadRequest, refused(migration.CodeInvalid, "The file did not arrive whole. Nothing of it was kept; send it again."))
	default:
		sayJSON(w, http.StatusCreated, map[string]any{"uploadId": graph.UploadID(file.ID), "size": file.Size, "encoding": file.Encoding})
	}
}

// refusedRows answers the rows of an import that were not taken, as a file to mend.
func (o Options) refusedRows(w http.ResponseWriter, r *http.Request) {
	o.download(w, r, "refused.csv", func(to io.Writer) error {
		return o.Resolver.Migration.ExportRefused(r.Context(), graph.Actor(r.Context()), graph.BatchOf(r.PathValue("batch")), to)
	})
}

// worklist answers whose old plans are still to be cancelled, for the old system.
func (o Options) worklist(w http.ResponseWriter, r *http.Request) {
	o.download(w, r, "legacy-worklist.csv", func(to io.Writer) error {
		return o.Resolver.Migration.ExportLegacyWork(r.Context(), graph.Actor(r.Context()), graph.LocationsOf(r.URL.Query()["locationId"]), to)
	})
}

func (o Options) download(w http.ResponseWriter, r *http.Request, name string, write func(io.Writer) error) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "no-store")
	err := write(w)
	if refusals, ok := migration.RefusalsIn(err); ok { // before the first line
		w.Header().Del("Content-Disposition")
		sayJSON(w, http.StatusNotFound, map[string]any{"errors": answered(refusals)})
	} else if err != nil {
		o.Log.ErrorContext(r.Context(), "a download broke off", "request_id", requestID(r.Context()), "file", name, "error", err)
		panic(http.ErrAbortHandler) // half a file must not look like a whole one
	}
}

func sayJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // who hung up misses it
}

func refused(code migration.Code, message string) map[string]any {
	return map[string]any{"errors": answered(migration.Refuse(code, message))}
}

// answered are refusals as the API's userErrors have them.
func answered(refusals migration.Refusals) (out []map[string]any) {
	for _, one := range refusals {
		out = append(out, map[string]any{"code": one.Code, "field": one.Field, "message": one.Message})
	}
	return out
}

// patient gives each read its own time, since a large file takes longer than any request may.
type patient struct {
	in      io.Reader
	control *http.ResponseController
	err     error // with which the body broke off
}

func (p *patient) Read(b []byte) (int, error) {
	_ = p.control.SetReadDeadline(time.Now().Add(uploadPatience)) // of a real connection; a test has none
	n, err := p.in.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		p.err = err
	}
	return n, err
}
