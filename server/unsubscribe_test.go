package server_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/sandbox/resendfake"
)

const (
	form     = "application/x-www-form-urlencoded"
	oneClick = "List-Unsubscribe=One-Click"
)

// mailed is an invitation's email as its recipient has it, and the path of its unsubscribe link.
func (b *bundle) mailed(t *testing.T, change ...func(*migration.InvitationDraft)) (e resendfake.Email, path string) {
	t.Helper()
	b.Sent(t, change...)
	e = b.Resend.Emails()[0] // newest first
	address := strings.Trim(e.Headers["List-Unsubscribe"], "<>")
	require.Contains(t, e.HTML, `href="`+address+`"`)
	require.Contains(t, e.Text, address)
	path, ok := strings.CutPrefix(address, testkit.PublicURL)
	require.True(t, ok, address)
	return e, path
}

func (b *bundle) suppressed(t *testing.T) []string {
	t.Helper()
	return b.Strings(t, `SELECT channel || ' ' || address || ' ' || scope || ' ' || reason || CASE WHEN live THEN '' ELSE ' lifted' END FROM suppressions ORDER BY id`)
}

func TestUnsubscribe(t *testing.T) {
	t.Parallel()
	b := setup(t)
	e, path := b.mailed(t)
	invitation := b.Strings(t, `SELECT id::text FROM invitations`)[0]
	token := strings.TrimPrefix(path, "/unsubscribe/")
	entry := "email " + e.To[0] + " invitations unsubscribe"
	require.Equal(t, oneClick, e.Headers["List-Unsubscribe-Post"])

	t.Run("LookingChangesNothing", func(t *testing.T) {
		for range 2 {
			resp := b.send(t, "GET", path, "")
			require.Equal(t, http.StatusOK, resp.StatusCode)
			require.Contains(t, resp.text, "t…@home.test")
			require.NotContains(t, resp.text, e.To[0])
			require.Contains(t, resp.text, b.Denver.SenderName)
			require.Contains(t, resp.text, `<button name="action" value="unsubscribe">`)
			require.NotContains(t, resp.text, "<script")
			require.NotContains(t, resp.Header.Get("Content-Security-Policy"), "unsafe")
			require.Equal(t, "no-store", resp.Header.Get("Cache-Control"))
			require.Empty(t, resp.Cookies())
		}
		require.Equal(t, http.StatusOK, b.send(t, "HEAD", path, "").StatusCode)
		require.Equal(t, http.StatusMethodNotAllowed, b.send(t, "PUT", path, "").StatusCode)
		require.Empty(t, b.suppressed(t))
	})

	t.Run("ByTheButton", func(t *testing.T) {
		for range 2 {
			resp := b.send(t, "POST", path, "action=unsubscribe", "Content-Type", form)
			require.Equal(t, http.StatusSeeOther, resp.StatusCode)
			require.Equal(t, path, resp.Header.Get("Location"))
		}
		require.Equal(t, []string{entry}, b.suppressed(t))
		page := b.send(t, "GET", path, "").text
		require.Contains(t, page, "You are unsubscribed")
		require.Contains(t, page, `value="subscribe"`)
	})

	t.Run("AndBack", func(t *testing.T) {
		for range 2 {
			require.Equal(t, http.StatusSeeOther, b.send(t, "POST", path, "action=subscribe", "Content-Type", form).StatusCode)
		}
		require.Equal(t, []string{entry + " lifted"}, b.suppressed(t))
		require.Contains(t, b.send(t, "GET", path, "").text, `value="unsubscribe"`)
	})

	t.Run("ByOneClickOfAMailService", func(t *testing.T) { // RFC 8058, section 3.2
		for range 2 {
			resp := b.send(t, "POST", path, oneClick, "Content-Type", form, "Origin", "https://mail.example", "Sec-Fetch-Site", "cross-site")
			require.Equal(t, http.StatusOK, resp.StatusCode)
			require.Empty(t, resp.text)
		}
		require.Equal(t, []string{entry + " lifted", entry}, b.suppressed(t))
	})

	t.Run("ByOneClickInParts", func(t *testing.T) {
		require.Equal(t, http.StatusSeeOther, b.send(t, "POST", path, "action=subscribe", "Content-Type", form).StatusCode)
		var body bytes.Buffer
		parts := multipart.NewWriter(&body)
		require.NoError(t, parts.WriteField("List-Unsubscribe", "One-Click"))
		require.NoError(t, parts.Close())
		resp := b.send(t, "POST", path, body.String(), "Content-Type", parts.FormDataContentType())
		require.Equal(t, http.StatusOK, resp.StatusCode)
		require.Empty(t, resp.text)
		require.Len(t, b.suppressed(t), 3)
	})

	t.Run("NoLogHoldsTheToken", func(t *testing.T) {
		require.NotContains(t, b.Log.Text(), token)
		require.Contains(t, b.Log.Text(), "/unsubscribe/{token}")
	})

	t.Run("ErrNotOfThisKind", func(t *testing.T) {
		for name, other := range map[string]string{
			"Setup": b.Token(t, b.Invitation(t, uuid.MustParse(invitation))), "Altered": altered(token), "Cut": token[:20], "Garbage": "x", "NUL": "%00", "Slash": "..%2F",
		} {
			for _, method := range []string{"GET", "POST"} {
				resp := b.send(t, method, "/unsubscribe/"+other, oneClick, "Content-Type", form, "Accept-Language", "es-MX,es;q=0.9")
				require.Equal(t, http.StatusNotFound, resp.StatusCode, name)
				require.Contains(t, resp.text, "Este enlace no funciona", name)
				require.NotContains(t, resp.text, "<form", name)
			}
		}
		require.Len(t, b.suppressed(t), 3)
	})

	t.Run("ErrTooLarge", func(t *testing.T) {
		resp := b.send(t, "POST", path, "x="+strings.Repeat("y", 2<<20), "Content-Type", form)
		require.Less(t, resp.StatusCode, 500)
	})
}

func TestUnsubscribeSpeaksAsTheEmailDid(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Exec(t, `UPDATE locations SET language = 'es', sender_name = $1 WHERE id = $2`, `Casa <b>"Ámbar"</b>`, b.Denver.ID)
	_, path := b.mailed(t)
	b.Exec(t, `UPDATE locations SET language = 'en', sender_name = 'New Name' WHERE id = $1`, b.Denver.ID)
	page := b.send(t, "GET", path, "", "Accept-Language", "en").text
	require.Contains(t, page, `<html lang="es">`)
	require.Contains(t, page, "¿No recibir más invitaciones?")
	require.Contains(t, page, `Casa &lt;b&gt;&#34;Ámbar&#34;&lt;/b&gt;`)
}

func TestUnsubscribeWhileTheDatabaseIsSilent(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, path := b.mailed(t)
	b.DB.Pool.Close()
	for _, method := range []string{"GET", "POST"} {
		resp := b.send(t, method, path, oneClick, "Content-Type", form)
		require.Equal(t, http.StatusServiceUnavailable, resp.StatusCode)
		require.Contains(t, resp.text, "try again")
		require.NotContains(t, resp.text, "<form")
	}
}

func TestTextLink(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	short, err := b.Links.TextToken("k1", inv.ID, inv.LinkVersion)
	require.NoError(t, err)

	t.Run("LeadsToTheSetup", func(t *testing.T) {
		resp := b.send(t, "GET", "/s/"+short, "")
		require.Equal(t, http.StatusSeeOther, resp.StatusCode)
		require.Equal(t, "/setup/"+b.Token(t, inv), resp.Header.Get("Location"))
		require.Equal(t, "no-store", resp.Header.Get("Cache-Control"))
		require.Equal(t, "no-referrer", resp.Header.Get("Referrer-Policy"))
		require.Nil(t, b.Invitation(t, inv.ID).OpenedAt, "a phone's preview of the link is no look of the tenant's")
	})

	t.Run("AnUnknownOneLeadsToFriendlyWords", func(t *testing.T) {
		for _, other := range []string{short[:31] + "_", "x", "..%2F..%2Fgraphql", "%2F%2Fevil.test", "%00"} {
			resp := b.send(t, "GET", "/s/"+other, "")
			require.Equal(t, http.StatusSeeOther, resp.StatusCode, other)
			to, err := url.Parse(resp.Header.Get("Location"))
			require.NoError(t, err)
			require.Empty(t, to.Host, other)
			require.Regexp(t, `^/setup/[^/]*$`, to.EscapedPath(), other)
		}
	})

	t.Run("NoLogHoldsATokenOfEitherKind", func(t *testing.T) {
		require.NotContains(t, b.Log.Text(), short)
		require.NotContains(t, b.Log.Text(), b.Token(t, inv))
		require.Contains(t, b.Log.Text(), "/s/{token}")
	})

	b.DB.Pool.Close()
	resp := b.send(t, "GET", "/s/"+short, "")
	require.Equal(t, http.StatusServiceUnavailable, resp.StatusCode)
	require.NotContains(t, b.Log.Text(), short)
}

// altered is the token with another last character, whichever it has.
func altered(token string) string {
	if strings.HasSuffix(token, "A") {
		return strings.TrimSuffix(token, "A") + "Q"
	}
	return token[:len(token)-1] + "A"
}
