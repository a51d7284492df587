// Settings » Plugins » Decisions: the log, or one decision with every voice in it.
import './Decisions.css';
import './Trace.css';
import { useMemo } from 'preact/hooks';
import { decisionsApi } from '../../../store/api-plugins';
import type { App } from '../../../store/app';
import { DecisionLog } from '../../../store/decisions';
import { DecisionList } from './DecisionList';
import { OneDecision } from './OneDecision';

interface Props {
  app: App;
  /** The decision that is read, or null for the log. */
  shown: string | null;
}

export default function Decisions({ shown }: Props) {
  const log = useMemo(() => new DecisionLog(decisionsApi), []);
  return shown === null ? <DecisionList log={log} /> : <OneDecision key={shown} id={shown} />;
}
