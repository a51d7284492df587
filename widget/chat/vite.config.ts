/** Builds widget/dist/chat.html: the chat window in one document. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { drawnDocument } from '../self-contained';

export default defineConfig(drawnDocument(fileURLToPath(new URL('.', import.meta.url)), 'chat.html'));
