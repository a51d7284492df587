// The ways to a further plugin: uploading a file, or a new rule table; and what became of an upload.
import './Ways.css';
import { useSignal } from '@preact/signals';
import { TableProperties, Upload, X } from 'lucide';
import { useRef } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { go } from '../../routes';
import type { PluginFile, Plugins } from '../../store/plugins';
import { t } from '../../store/texts';
import { NewTable } from './NewTable';
import { problemWords, sizeWords } from './words';

interface Props {
  plugins: Plugins;
  onFile: (file: PluginFile) => void;
}

export function Ways({ plugins, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const isNaming = useSignal(false);
  const isSending = plugins.upload.value !== null && plugins.upload.value.problem === null;
  return (
    <div class="plugin-ways">
      <input
        ref={input}
        type="file"
        class="unseen"
        tabIndex={-1}
        accept=".wasm,application/wasm"
        aria-label={t('plugins.file')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file can be chosen again after it was built anew.
          event.currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
      <Button kind="main" icon={Upload} busy={isSending} onClick={() => input.current?.click()}>
        {t('plugins.upload')}
      </Button>
      <Button
        icon={TableProperties}
        onClick={() => {
          isNaming.value = true;
        }}
      >
        {t('plugins.new_table')}
      </Button>
      {isNaming.value ? (
        <NewTable
          plugins={plugins}
          onCreated={(id) => {
            isNaming.value = false;
            go({ at: 'plugin', id, tab: 'table' });
          }}
          onClose={() => {
            isNaming.value = false;
          }}
        />
      ) : null}
    </div>
  );
}

export function UploadState({ plugins }: { plugins: Plugins }) {
  const upload = plugins.upload.value;
  return (
    <div class="plugin-upload">
      <div class="plugin-sending" role="status">
        {upload?.problem === null ? (
          <>
            <p>{t('plugins.sending', { file: upload.file, size: sizeWords(upload.bytes) })}</p>
            <span class="plugin-progress" aria-hidden="true" />
          </>
        ) : null}
      </div>
      <div role="alert">
        {upload?.problem ? (
          <div class="wrong-box plugin-refused">
            <p>
              <b dir="auto">{t('plugins.refused', { file: upload.file })}</b> {problemWords(upload.problem)}
            </p>
            <Button kind="round" icon={X} label={t('close')} onClick={() => plugins.dismiss()} />
          </div>
        ) : null}
      </div>
    </div>
  );
}
