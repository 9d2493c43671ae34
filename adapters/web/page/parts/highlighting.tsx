/** Colours for code: read by highlight.js, one language at a time as they are needed, and shown as nodes. No HTML is inserted. */

import type { LanguageFn } from 'highlight.js';
import engine from 'highlight.js/lib/core';
import type { ComponentChildren } from 'preact';
import { readMarked } from './marked-code.ts';

/** By the names that people and models write behind a fence. */
const loaders: readonly { names: readonly string[]; load: () => Promise<{ default: LanguageFn }> }[] = [
	{ names: ['bash', 'sh', 'shell', 'zsh', 'console'], load: () => import('highlight.js/lib/languages/bash') },
	{ names: ['c', 'cpp', 'c++', 'h', 'hpp'], load: () => import('highlight.js/lib/languages/cpp') },
	{ names: ['csharp', 'cs', 'c#'], load: () => import('highlight.js/lib/languages/csharp') },
	{ names: ['css', 'scss'], load: () => import('highlight.js/lib/languages/css') },
	{ names: ['diff', 'patch'], load: () => import('highlight.js/lib/languages/diff') },
	{ names: ['dockerfile', 'docker'], load: () => import('highlight.js/lib/languages/dockerfile') },
	{ names: ['go', 'golang'], load: () => import('highlight.js/lib/languages/go') },
	{ names: ['ini', 'toml'], load: () => import('highlight.js/lib/languages/ini') },
	{ names: ['java'], load: () => import('highlight.js/lib/languages/java') },
	{ names: ['javascript', 'js', 'jsx', 'mjs'], load: () => import('highlight.js/lib/languages/javascript') },
	{ names: ['json', 'jsonc', 'json5'], load: () => import('highlight.js/lib/languages/json') },
	{ names: ['kotlin', 'kt'], load: () => import('highlight.js/lib/languages/kotlin') },
	{ names: ['markdown', 'md'], load: () => import('highlight.js/lib/languages/markdown') },
	{ names: ['php'], load: () => import('highlight.js/lib/languages/php') },
	{ names: ['powershell', 'ps1', 'pwsh'], load: () => import('highlight.js/lib/languages/powershell') },
	{ names: ['python', 'py'], load: () => import('highlight.js/lib/languages/python') },
	{ names: ['ruby', 'rb'], load: () => import('highlight.js/lib/languages/ruby') },
	{ names: ['rust', 'rs'], load: () => import('highlight.js/lib/languages/rust') },
	{ names: ['sql', 'postgresql', 'mysql', 'psql'], load: () => import('highlight.js/lib/languages/sql') },
	{ names: ['typescript', 'ts', 'tsx'], load: () => import('highlight.js/lib/languages/typescript') },
	{ names: ['xml', 'html', 'svg', 'vue'], load: () => import('highlight.js/lib/languages/xml') },
	{ names: ['yaml', 'yml'], load: () => import('highlight.js/lib/languages/yaml') },
];

/** @returns null where the language is none of these. The text of the nodes is `text`, byte for byte. */
export async function highlight(language: string, text: string): Promise<ComponentChildren | null> {
	const wanted = language.toLowerCase();
	const loader = loaders.find(({ names }) => names.includes(wanted));
	const [name] = loader?.names ?? [];
	if (loader === undefined || name === undefined) return null;
	if (engine.getLanguage(name) === undefined) engine.registerLanguage(name, (await loader.load()).default);
	const pieces = readMarked(engine.highlight(text, { language: name, ignoreIllegals: true }).value);
	if (pieces.map((piece) => piece.text).join('') !== text) return null;
	return pieces.map((piece) => (piece.kind === '' ? piece.text : <span class={piece.kind}>{piece.text}</span>));
}
