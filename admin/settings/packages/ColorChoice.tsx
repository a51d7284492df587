// The color of the button: four icons and a list that say the same, or a brand color of one's own.
import type { Button, Color } from '../../../widget/kit/settings';
import { ColorIcons } from '../../parts/ColorIcons';
import { SelectField } from '../../parts/SelectField';
import { TextField } from '../../parts/TextField';
import { type PackagePreview, shownColor } from '../../store/package-preview';
import { t } from '../../store/texts';

interface Props {
  button: Button;
  preview: PackagePreview;
  error: string | null;
  onButton: (part: Partial<Button>) => void;
}

/** As the hub draws them. */
const COLORS: readonly { value: Color; a: string; b: string }[] = [
  { value: 'green', a: '#0b8050', b: '#056a5b' },
  { value: 'blue', a: '#1763e0', b: '#1b49c4' },
  { value: 'violet', a: '#6f45e4', b: '#8b35cf' },
  { value: 'orange', a: '#cb4900', b: '#b93c0e' },
];
/** In the list, what stands for a color of one's own. */
const OWN = 'own';

export function ColorChoice({ button, preview, error, onButton }: Props) {
  const { color, brand } = button;
  const choose = (value: Color) => onButton({ color: value, brand: null });
  const start = () => COLORS.find((one) => one.value === color)?.a ?? '#1763e0';
  return (
    <div class="color-choice">
      <SelectField
        label={t('package.color')}
        value={brand === null ? color : OWN}
        options={[
          ...COLORS.map(({ value }) => ({ value, words: t(`package.color.${value}`) })),
          { value: OWN, words: t('package.brand_own') },
        ]}
        pointer="/settings/button/color"
        onValue={(value) => {
          const known = COLORS.find((one) => one.value === value);
          if (known) choose(known.value);
          else onButton({ brand: brand ?? start() });
        }}
      />
      <ColorIcons
        label={t('package.color')}
        value={brand === null ? color : null}
        swatches={COLORS.map((one) => ({ ...one, words: t(`package.color.${one.value}`) }))}
        onValue={choose}
      />
      {brand === null ? null : (
        <Brand brand={brand} preview={preview} error={error} onBrand={(next) => onButton({ brand: next })} />
      )}
    </div>
  );
}

interface BrandProps {
  brand: string;
  preview: PackagePreview;
  error: string | null;
  onBrand: (brand: string) => void;
}

function Brand({ brand, preview, error, onBrand }: BrandProps) {
  const shown = preview.button.value === null ? undefined : shownColor(preview.button.value);
  const isColor = /^#[0-9a-f]{6}$/i.test(brand);
  const isCorrected = shown !== undefined && shown !== brand.toLowerCase();
  return (
    <div class="brand" data-pointer="/settings/button/brand">
      <input
        type="color"
        aria-label={t('package.brand_pick')}
        value={isColor ? brand.toLowerCase() : '#000000'}
        onInput={(event) => onBrand(event.currentTarget.value)}
      />
      <TextField
        label={t('package.brand_code')}
        value={brand}
        error={error}
        onValue={(value) => onBrand(value.trim())}
      />
      {shown === undefined || !isColor || preview.isStale.value ? null : (
        <p class="brand-shown" role="status">
          <i style={{ background: shown }} />
          {t(isCorrected ? 'package.brand_corrected' : 'package.brand_fine', { color: shown })}
        </p>
      )}
    </div>
  );
}
