// As the console looks, with what is touched as large as a finger.
import { createTheme, mergeThemeOverrides } from '@mantine/core';

import { theme as desk } from '../console/theme';

export const theme = mergeThemeOverrides(
  desk,
  createTheme({
    components: {
      Button: { defaultProps: { size: 'lg' } },
      TextInput: { defaultProps: { size: 'lg' } },
      PasswordInput: { defaultProps: { size: 'lg' } },
      NativeSelect: { defaultProps: { size: 'lg' } },
      Checkbox: { defaultProps: { size: 'lg' } },
      Radio: { defaultProps: { size: 'lg' } },
      ActionIcon: { styles: { root: { minWidth: 48, minHeight: 48 } } },
      Menu: { styles: { item: { minHeight: 48 } } },
      Modal: { defaultProps: { centered: true, closeButtonProps: { 'aria-label': 'Close', size: 48 } } },
    },
  }),
);
