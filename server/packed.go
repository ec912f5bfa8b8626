package server

import (
	"net/http"

	"github.com/klauspost/compress/gzhttp"
)

// packed answers in gzip to whoever takes it, but what is smaller than one packet of the network anyway, and streams of events and
// sockets, of which each word has to arrive at once.
//
// It is for POST, and for files. From the length of what is packed, whoever reads along on the network could guess at words of it, if
// they also chose other words of the same answer, many times. Another web page, which could, is refused where it posts; by GET of
// /graphql it would be let in, since a browser that is led there brings its cookie.
func packed(next http.Handler) http.Handler {
	pack := must(gzhttp.NewWrapper(gzhttp.EnableZstd(false), gzhttp.ContentTypes([]string{"application/json", responseJSON, "text/csv"})))(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if stays(r) {
			next.ServeHTTP(w, r)
			return
		}
		pack.ServeHTTP(w, r)
	})
}

// packedByPOST leaves alone what GET answers.
func packedByPOST(next http.Handler) http.Handler {
	pack := packed(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			pack.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func must(wrap func(http.Handler) http.HandlerFunc, err error) func(http.Handler) http.HandlerFunc {
	if err != nil {
		panic(err) // the options are above
	}
	return wrap
}
