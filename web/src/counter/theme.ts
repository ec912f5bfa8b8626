// As the console looks, with what is touched as large as a finger.
import { createTheme, mergeThemeOverrides } from '@mantine/core';

import { theme as desk } from '../console/theme';

export const theme = mergeThemeOverrides(
  desk,
  createTheme({
    components: {
      Button: {
        defaultProps: { size: 'lg' },
        // A long label takes another line.
        styles: {
          root: {
            display: 'inline-flex',
            alignItems: 'center',
            height: 'auto',
            minHeight: 'max(48px, var(--button-height))',
            paddingBlock: 6,
          },
          inner: { width: '100%', height: 'auto' },
          label: { whiteSpace: 'normal', overflow: 'visible', height: 'auto' },
        },
      },
      TextInput: { defaultProps: { size: 'lg' } },
      PasswordInput: {
        defaultProps: {
          size: 'lg',
          visibilityToggleButtonProps: { 'aria-label': 'Show the password', size: 48 },
        },
      },
      NativeSelect: { defaultProps: { size: 'lg' } },
      Checkbox: { defaultProps: { size: 'lg' } },
      Radio: { defaultProps: { size: 'lg' } },
      // A link in a line of text has the line's height; one that is a button of its own has a finger's.
      Anchor: { styles: { root: { minHeight: 48 } } },
      ActionIcon: { styles: { root: { minWidth: 48, minHeight: 48 } } },
      Menu: { styles: { item: { minHeight: 48 } } },
      Modal: { defaultProps: { centered: true, closeButtonProps: { 'aria-label': 'Close', size: 48 } } },
    },
  }),
);
