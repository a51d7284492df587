/** Builds widget/dist/call.html: the call page in one document, made of the same parts as the chat window. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { drawnDocument } from '../self-contained';

export default defineConfig(drawnDocument(fileURLToPath(new URL('.', import.meta.url)), 'call.html'));
