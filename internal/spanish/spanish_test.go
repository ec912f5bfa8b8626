package spanish

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFamiliar(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"TU"}, Familiar("ABRIR TU CUENTA"))
	require.Equal(t, []string{"pediste", "Abre", "tu"}, Familiar("Este es el enlace que pediste. Abre tu cuenta."))
	require.Equal(t, []string{"tú"}, Familiar("Si no fuiste… ¿tú?")[1:])
	require.Empty(t, Familiar("Este es el enlace que pidió. Se abre una vez, y ya existe. Elija otro; usted puede cambiar cómo paga."))
}
