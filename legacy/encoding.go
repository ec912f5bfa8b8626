package legacy

import (
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// The encodings that are told apart.
const (
	UTF8        = "UTF-8"
	UTF8WithBOM = "UTF-8 with BOM"
	UTF16LE     = "UTF-16LE"
	UTF16BE     = "UTF-16BE"
	Windows1252 = "Windows-1252" // which says all that Latin-1 does
)

// Sniffer finds out a file's encoding while the file passes through it, to the last byte: an accent may come late.
type Sniffer struct {
	head      []byte // the first three bytes
	tail      []byte // the beginning of a character whose rest has not come
	good, bad int    // characters of several bytes, and bytes that are part of none
}

// Write never fails.
func (s *Sniffer) Write(p []byte) (int, error) {
	n := len(p)
	if missing := 3 - len(s.head); missing > 0 {
		s.head = append(s.head, p[:min(missing, len(p))]...)
	}
	if len(s.tail) > 0 {
		p = append(s.tail, p...)
		s.tail = nil
	}
	for len(p) > 0 {
		if p[0] < utf8.RuneSelf {
			p = p[1:]
			continue
		}
		if !utf8.FullRune(p) {
			s.tail = append([]byte{}, p...)
			break
		}
		r, size := utf8.DecodeRune(p)
		if r == utf8.RuneError && size == 1 {
			s.bad++
		} else {
			s.good++
		}
		p = p[size:]
	}
	return n, nil
}

// Encoding is the answer once the whole file has passed. A file in UTF-8 with a few broken characters is still one: its rows with them are
// refused, instead of every accent being misread.
func (s *Sniffer) Encoding() string {
	h := string(s.head)
	switch {
	case h == "\xef\xbb\xbf":
		return UTF8WithBOM
	case len(h) >= 2 && h[:2] == "\xff\xfe":
		return UTF16LE
	case len(h) >= 2 && h[:2] == "\xfe\xff":
		return UTF16BE
	case s.bad+len(s.tail) > s.good:
		return Windows1252
	}
	return UTF8
}

// Decode answers the text as UTF-8, without a byte order mark. Of UTF-8 nothing is mended.
func Decode(r io.Reader, encoding string) (io.Reader, error) {
	switch encoding {
	case UTF8:
		return r, nil
	case UTF8WithBOM:
		if _, err := io.CopyN(io.Discard, r, 3); err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		return r, nil
	case UTF16LE:
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()), nil
	case UTF16BE:
		return transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder()), nil
	case Windows1252:
		return transform.NewReader(r, charmap.Windows1252.NewDecoder()), nil
	}
	return nil, fmt.Errorf("unknown encoding %q", encoding)
}

// Direct answers where in the file a place of the text is, for encodings in which that can be said without reading up to it.
func Direct(encoding string, at int64) (int64, bool) {
	switch encoding {
	case UTF8:
		return at, true
	case UTF8WithBOM:
		return at + 3, true
	}
	return 0, false
}
