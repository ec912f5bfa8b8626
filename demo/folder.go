package demo

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
)

// folder is what the demo keeps between runs:
//
//	keys.json     its secrets
//	postgres/     the private server
//	standins/     the journals of the stand-ins, a folder for each database: their books belong to its rows
//	lock          held while a demo runs
type folder struct {
	dir  string
	lock *os.File
}

func openFolder(dir string) (*folder, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("find the demo's folder: %w", err)
	}
	// Others may pass through: as root, the server runs as a user of its own.
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("make the demo's folder: %w", err)
	}
	f := &folder{dir: dir}
	return f, f.takeLock()
}

// takeLock holds the folder until this process ends in whatever way: two demos would write into each other's journals.
func (f *folder) takeLock() error {
	file, err := os.OpenFile(filepath.Join(f.dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("open the lock of the demo's folder: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		holder, _ := io.ReadAll(file) // without it the sentence is poorer, not wrong
		_ = file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return fmt.Errorf("another demo (process %s) runs in %q: stop it, or choose another folder with --dir", holder, f.dir)
		}
		return fmt.Errorf("lock the demo's folder %q: %w", f.dir, err)
	}
	f.lock = file
	if err := errors.Join(file.Truncate(0), writeAt(file, fmt.Sprint(os.Getpid()))); err != nil {
		return errors.Join(fmt.Errorf("write the lock of the demo's folder: %w", err), f.close())
	}
	return nil
}

func writeAt(file *os.File, text string) error {
	_, err := file.WriteAt([]byte(text), 0)
	return err
}

func (f *folder) close() error { return f.lock.Close() }

func (f *folder) database() string { return filepath.Join(f.dir, "postgres") }

// standIns is the folder of the journals that belong to a database; "" is the private one.
func (f *folder) standIns(databaseURL string) (string, error) {
	name := "private"
	if databaseURL != "" {
		sum := sha256.Sum256([]byte(databaseURL))
		name = hex.EncodeToString(sum[:6])
	}
	dir := filepath.Join(f.dir, "standins", name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make the stand-ins' folder: %w", err)
	}
	return dir, nil
}

// secrets are new in each folder and kept in it, so that links and journals of earlier runs still open.
type secrets struct {
	LinkKey              []byte `json:"link_key"`
	StripeSecretKey      string `json:"stripe_secret_key"`
	StripePublishableKey string `json:"stripe_publishable_key"`
	StripeWebhookSecret  string `json:"stripe_webhook_secret"`
	ResendAPIKey         string `json:"resend_api_key"`
	ResendWebhookSecret  string `json:"resend_webhook_secret"`
	TwilioAccountSID     string `json:"twilio_account_sid"`
	TwilioAuthToken      string `json:"twilio_auth_token"`
}

func newSecrets() secrets {
	key, hookKey := make([]byte, 32), make([]byte, 24)
	_, _ = rand.Read(key) // never fails: crypto/rand crashes the program instead
	_, _ = rand.Read(hookKey)
	return secrets{
		LinkKey: key, StripeSecretKey: "sk_test_" + rand.Text(), StripePublishableKey: "pk_test_" + rand.Text(),
		StripeWebhookSecret: "whsec_" + rand.Text(), ResendWebhookSecret: "whsec_" + base64.StdEncoding.EncodeToString(hookKey),
		ResendAPIKey: "re_" + rand.Text(), TwilioAccountSID: "AC" + randomHex(16), TwilioAuthToken: rand.Text()}
}

// secrets reads them, or makes those that are not there yet: all on the first run, new kinds after an update.
func (f *folder) secrets() (secrets, error) {
	s, path := newSecrets(), filepath.Join(f.dir, "keys.json")
	raw, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(raw, &s)
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return s, fmt.Errorf("the demo's keys in %q cannot be read (%w): remove the folder to begin anew", path, err)
	}
	return s, f.writeSecrets(path, s)
}

// writeSecrets writes beside the place and renames: a run killed in the middle leaves no half file.
func (f *folder) writeSecrets(path string, s secrets) error {
	raw, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("write the demo's keys: %w", err)
	}
	if err := os.WriteFile(path+".new", raw, 0o600); err != nil {
		return fmt.Errorf("write the demo's keys: %w", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fmt.Errorf("put the demo's keys in place: %w", err)
	}
	return nil
}

func randomHex(n int) string {
	raw := make([]byte, n)
	_, _ = rand.Read(raw)
	return hex.EncodeToString(raw)
}
