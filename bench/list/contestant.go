package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"
)

// contestant is a server that answers the same questions, in a process of its own.
type contestant struct {
	name    string
	ask     func(q question) request // how this one is asked
	read    func(body []byte) (answer, error)
	only    string // the one list that this one is asked about; "": both
	address string
	client  *http.Client
	stop    func()
}

// request is one question in a contestant's words.
type request struct {
	path, body string // a body is posted
}

// answer is what every contestant must agree on.
type answer struct {
	ids     []string // as our API writes them, in order
	names   []string // the tenants'
	total   int
	atLeast bool // there may be more than total
	cursor  string
}

// takes tells whether this one is asked a question.
func (c *contestant) takes(q question) bool { return c.only == "" || c.only == q.of.name }

// start runs a contestant's process and waits for its address.
func (c *contestant) start(ctx context.Context, cmd *exec.Cmd) error {
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start %s: %w", c.name, err)
	}
	c.stop = func() { _ = in.Close(); _ = cmd.Wait() }
	said := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), "http://") {
				said <- lines.Text()
			}
		}
		close(said)
	}()
	select {
	case address, ok := <-said:
		if !ok {
			c.stop()
			return fmt.Errorf("%s ended before it answered", c.name)
		}
		c.address = address
	case <-time.After(time.Minute):
		c.stop()
		return fmt.Errorf("%s did not tell its address within a minute", c.name)
	case <-ctx.Done():
		c.stop()
		return ctx.Err()
	}
	c.client = &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: maxClients, DisableCompression: true}}
	return nil
}

// get asks once and answers the body.
func (c *contestant) get(ctx context.Context, token string, r request) ([]byte, error) {
	response, err := c.send(ctx, token, r)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close() //nolint:errcheck // it was read
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answered %s: %.500s", c.name, response.Status, body)
	}
	return body, err
}

func (c *contestant) send(ctx context.Context, token string, r request) (*http.Response, error) {
	method, body := http.MethodGet, io.Reader(nil)
	if r.body != "" {
		method, body = http.MethodPost, strings.NewReader(r.body)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.address+r.path, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Accept", "application/json")
	if r.body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	return c.client.Do(req)
}

// rate is how many whole answers a second so many clients get. An answer of another length than the one that was checked is an
// error: the data do not change.
func (c *contestant) rate(ctx context.Context, token string, r request, length int64, clients int, slice time.Duration) (float64, error) {
	counts, failed, began := make(chan int, clients), make(chan error, clients), time.Now()
	for range clients {
		go func() {
			n := 0
			for time.Since(began) < slice {
				if err := c.once(ctx, token, r, length); err != nil {
					failed <- err
					break
				}
				n++
			}
			counts <- n
		}()
	}
	all := 0
	for range clients {
		all += <-counts
	}
	took := time.Since(began)
	close(failed)
	var errs []error
	for err := range failed {
		errs = append(errs, err)
	}
	return float64(all) / took.Seconds(), errors.Join(errs...)
}

func (c *contestant) once(ctx context.Context, token string, r request, length int64) error {
	response, err := c.send(ctx, token, r)
	if err != nil {
		return err
	}
	defer response.Body.Close() //nolint:errcheck // it was read
	n, err := io.Copy(io.Discard, response.Body)
	switch {
	case err != nil:
		return err
	case response.StatusCode != http.StatusOK || n != length:
		return fmt.Errorf("%s answered %s with %d bytes where %d were right", c.name, response.Status, n, length)
	}
	return nil
}
