package load_test

import (
	"context"
	"errors"
	"io/fs"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/clock"
	"carryover/load"
)

func TestLoad(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		require.Equal(t, load.Counts{Locations: 1, Plans: 1, Insurance: 1, Staff: 1, Tenants: 1, Terms: 1}, b.mustLoad())
		require.EqualValues(t, "Denver Studios|Denver Studios|en|mara@example.com",
			b.one("SELECT concat_ws('|', l.name, l.sender_name, l.language, s.email) FROM locations l JOIN staff s ON s.id = l.staff_contact_id"))
		require.EqualValues(t, "studio|monthly|12900|12500",
			b.one("SELECT concat_ws('|', kind, cadence, card_price_minor, ach_price_minor) FROM plans"))
		require.EqualValues(t, 1400, b.one("SELECT i.price_minor FROM insurance_plans i JOIN insurance_plan_locations l ON l.insurance_plan_id = i.id"))
		require.EqualValues(t, "ann@example.com|+13035550123|es",
			b.one("SELECT concat_ws('|', t.email, t.phone, t.language) FROM tenants t JOIN tenant_locations l ON l.tenant_id = t.id"))
		require.EqualValues(t, "Be kind.", b.one("SELECT body FROM terms_versions"))
		require.EqualValues(t, 1, b.one("SELECT count(*) FROM managed_locations"))
	})

	t.Run("TwiceIsOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.put("tenants.csv", "name,locations\nAnn Lee,denver\nAnn Lai,denver")
		b.mustLoad()
		before := b.everything()
		b.mustLoad()
		require.Equal(t, before, b.everything())
	})

	t.Run("TwoAtOnceAreOne", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.put("tenants.csv", "name,locations\nAnn Lee,denver")
		var both sync.WaitGroup
		errs := make([]error, 2)
		for i := range errs {
			both.Go(func() { _, errs[i] = b.load() })
		}
		both.Wait()
		require.NoError(t, errors.Join(errs...))
		require.EqualValues(t, 1, b.one("SELECT count(*) FROM tenants"))
	})

	t.Run("ChangesWhatTheFilesSayAnew", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.mustLoad()
		b.put("plans.csv", "card_price,name,location,cadence,kind\n139.50,Studio 12,denver,hourly,membership")
		b.put("terms/denver.txt", "Be kind, and quiet.")
		b.mustLoad()
		require.EqualValues(t, "membership|hourly|13950", b.one("SELECT concat_ws('|', kind, cadence, card_price_minor, ach_price_minor) FROM plans"))
		require.EqualValues(t, "Be kind.;Be kind, and quiet.", b.one("SELECT string_agg(body, ';' ORDER BY version) FROM terms_versions"))
	})

	t.Run("KeepsWhatTenantsPutRight", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.mustLoad()
		_, err := b.db.Pool.Exec(t.Context(), "UPDATE tenants SET phone = '+13035550199'")
		require.NoError(t, err)
		b.mustLoad()
		require.EqualValues(t, "+13035550199", b.one("SELECT phone FROM tenants"))
	})

	t.Run("TerminalLocationStaysUnlessTold", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		terminal := func() any { return b.one("SELECT terminal_location FROM locations") }
		with := func(cell string) {
			b.put("locations.csv", "slug,name,time_zone,currency,terminal_location\ndenver,Denver Studios,America/Denver,USD,"+cell)
			b.mustLoad()
		}
		with("tml_FBakXQG8bQk4Mm")
		require.EqualValues(t, "tml_FBakXQG8bQk4Mm", terminal())
		b.put("locations.csv", "slug,name,time_zone,currency\ndenver,Denver Studios,America/Denver,USD")
		b.mustLoad()
		require.EqualValues(t, "tml_FBakXQG8bQk4Mm", terminal(), "a file without the column says nothing of it")
		with("")
		require.Nil(t, terminal())
	})

	t.Run("AbsentFilesAreLookedUp", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.mustLoad()
		b.put("plans.csv", "location,name,kind,cadence,card_price\ndenver,Studio 13,STUDIO,MONTHLY,99")
		b.put("locations.csv", "slug,name,time_zone,currency,staff_contact\nboulder,Boulder,America/Denver,USD,mara@example.com")
		b.only("plans.csv", "locations.csv")
		require.Equal(t, load.Counts{Locations: 1, Plans: 1}, b.mustLoad())
		require.EqualValues(t, 2, b.one("SELECT count(*) FROM plans"))
	})

	t.Run("SpreadsheetsCSV", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.put("tenants.csv", "\ufeffName , EMAIL,Locations\r\n\"Lee, \"\"Ann\"\"\", ann@example.com ,denver ; \r\n\r\nZoë Müller,,denver\r\n")
		require.Equal(t, 2, b.mustLoad().Tenants)
		require.EqualValues(t, `Lee, "Ann";Zoë Müller`, b.one("SELECT string_agg(name, ';' ORDER BY name) FROM tenants"))
	})

	t.Run("ErrNoFiles", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.only("terms/denver.txt")
		_, err := b.load()
		require.ErrorContains(t, err, "at least one of locations.csv, plans.csv")
	})

	t.Run("ErrCancelled", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := load.Load(ctx, b.db.Pool, clock.System, b.jobs, b.files)
		require.ErrorIs(t, err, context.Canceled)
	})

	t.Run("ErrUnreadable", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, err := load.Load(t.Context(), b.db.Pool, clock.System, b.jobs, brokenDisk{b.files})
		require.ErrorIs(t, err, errDisk)
	})
}

func TestPasswords(t *testing.T) {
	t.Parallel()

	t.Run("LetsIn", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.mustLoad()
		require.NoError(t, b.signIn("mara@example.com", "a long password"))
	})

	t.Run("IsKept", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.mustLoad()
		b.put("staff.csv", "email,name,role,password,locations\nmara@example.com,Mara O.,MANAGER,another password,denver")
		b.mustLoad()
		require.NoError(t, b.signIn("mara@example.com", "a long password"))
		require.EqualValues(t, "Mara O.", b.one("SELECT name FROM staff"))
	})

	t.Run("EmptyLetsNobodyIn", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.put("staff.csv", "email,name,role,locations\nmara@example.com,Mara,ATTENDANT,denver\nboss@example.com,Boss,ADMIN,")
		b.mustLoad()
		require.ErrorIs(t, b.signIn("boss@example.com", ""), access.ErrWrongCredentials)
	})
}

func (b *testBundle) signIn(email, password string) error {
	b.Helper()
	in, err := access.New(b.db.Pool, clock.System)
	require.NoError(b, err)
	_, err = in.SignIn(b.Context(), email, password, access.Origin{})
	return err
}

var errDisk = errors.New("the disk is broken")

type brokenDisk struct{ fs.FS }

func (brokenDisk) Open(string) (fs.File, error) { return nil, errDisk }
