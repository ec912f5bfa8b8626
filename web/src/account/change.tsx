import { useEffect, useState } from 'preact/hooks';

import type { PaymentMethodType } from '../gql/graphql';
import { Trouble } from '../shared/ask';
import { PayBox } from '../setup/pay';
import { type Problem, problemOf } from '../shared/paying';
import { useSpeech } from '../setup/speech';
import type { Saved, takeReturn } from '../setup/tab';
import { type Account, api, type Reservation } from './api';
import { underWay } from './link';
import { useWords } from './words';

interface Props {
  reservation: Reservation;
  returned: ReturnType<typeof takeReturn>;
  changed: (account: Account) => void;
  cancel: () => void;
}

/** Saves another card or bank account and hands it in at once: there is nothing else to agree to. */
export function ChangeMethod({ reservation, returned, changed, cancel }: Props) {
  const words = useWords();
  const speech = useSpeech();
  const [type, setType] = useState<PaymentMethodType>(returned?.type ?? reservation.changeableTo[0]!);
  const [problem, setProblem] = useState<Problem>(
    returned && !returned.succeeded ? 'setup_intent_authentication_failure' : '',
  );
  const [handing, setHanding] = useState(false);

  async function handIn(method: Saved) {
    setHanding(true);
    setProblem('');
    try {
      const account = await api.change(
        reservation.id,
        method.intentId,
        method.type === 'US_BANK_ACCOUNT',
        speech.language,
      );
      return changed(account);
    } catch (e) {
      if (!(e instanceof Trouble)) throw e;
      setProblem(problemOf(e));
    }
    setHanding(false);
  }

  useEffect(() => {
    if (returned?.succeeded) void handIn(returned);
  }, []);

  if (handing) return <p role="status">{words.changing}</p>;
  return (
    <div class="changing">
      {reservation.changeableTo.length > 1 && (
        <fieldset class="kinds">
          <legend>{words.changeTo}</legend>
          {reservation.changeableTo.map((each) => (
            <label key={each} class="choice">
              <input
                type="radio"
                name={`kind-${reservation.id}`}
                checked={each === type}
                onChange={() => {
                  setType(each);
                  setProblem('');
                }}
              />
              <span>{words[each]}</span>
            </label>
          ))}
        </fieldset>
      )}
      <PayBox
        type={type}
        intro={words.changeIntro}
        mandate={reservation.mandate}
        saved={null}
        problem={problem}
        cameBack={returned !== null}
        keep={(method) => void handIn(method)}
        lacking={setProblem}
        start={() => {
          underWay.set(reservation.id);
          return api.startChange(reservation.id, type);
        }}
      />
      <button type="button" class="narrow" onClick={cancel}>
        {words.cancel}
      </button>
    </div>
  );
}
