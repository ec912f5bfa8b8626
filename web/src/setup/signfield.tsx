import { SignaturePad } from './pad';
import { isSignature, picture, type Stroke } from '../shared/signature';
import { useSpeech } from './speech';
import type { SubmitSetupInput } from '../gql/graphql';
import type { Words } from './words.en';

/** What the tenant has signed so far. */
export interface Signed {
  kind: 'TYPED' | 'DRAWN';
  name: string;
  strokes: readonly Stroke[];
}

type Wanting = keyof Words & `${'name' | 'drawing'}${string}`;

export interface Lacks {
  name?: Wanting;
  drawing?: Wanting;
}

// As the server has it.
const longestName = 120;

/** What is missing for a signature. */
export function lacksOf({ kind, name, strokes }: Signed): Lacks {
  const lacks: Lacks = {};
  if (!name.trim()) lacks.name = kind === 'TYPED' ? 'nameMissing' : 'nameBeside';
  if ([...name.trim()].length > longestName) lacks.name = 'nameLong';
  if (kind === 'DRAWN' && !isSignature(strokes)) lacks.drawing = 'drawingMissing';
  return lacks;
}

/** The signature as it is handed in. */
export const asInput = ({ kind, name, strokes }: Signed): SubmitSetupInput['signature'] =>
  kind === 'TYPED' ? { kind, name: name.trim() } : { kind, name: name.trim(), imageBase64: picture(strokes) };

interface Props {
  signed: Signed;
  lacks: Lacks;
  sign: (signed: Signed) => void;
}

/** The signature: a typed name, or a drawing with the name typed beside it. Either is one key away from the other. */
export function SignatureField({ signed, lacks, sign }: Props) {
  const { words } = useSpeech();
  const choice = (kind: Signed['kind'], label: string) => (
    <label class="choice">
      <input
        type="radio"
        name="signing"
        checked={signed.kind === kind}
        onChange={() => sign({ ...signed, kind })}
      />
      <span>{label}</span>
    </label>
  );
  const drawn = signed.kind === 'DRAWN';
  return (
    <>
      <fieldset
        class="choices signing"
        role="radiogroup"
        aria-invalid={!!lacks.drawing}
        aria-describedby="drawingProblem"
      >
        <legend>{words.signing}</legend>
        {choice('TYPED', words.signTyped)}
        {choice('DRAWN', words.signDrawn)}
      </fieldset>
      {drawn && (
        <SignaturePad
          strokes={signed.strokes}
          draw={(strokes) => sign({ ...signed, strokes })}
          describedBy="drawingProblem"
        />
      )}
      <p class="problem" id="drawingProblem">
        {lacks.drawing && words[lacks.drawing]}
      </p>
      <label class="field">
        <span>{drawn ? words.nameOfDrawing : words.name}</span>
        <input
          class={drawn ? 'text' : 'text signature'}
          type="text"
          name="name"
          autocomplete="name"
          autocapitalize="words"
          spellcheck={false}
          value={signed.name}
          aria-invalid={!!lacks.name}
          aria-describedby="nameProblem"
          onInput={(e) => sign({ ...signed, name: e.currentTarget.value })}
        />
      </label>
      <p class="problem" id="nameProblem">
        {lacks.name && words[lacks.name]}
      </p>
    </>
  );
}
