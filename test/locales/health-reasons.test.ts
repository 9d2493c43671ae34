/** What is wrong is said in Spanish too, whichever part says it. */

import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { spanishHealthReason } from '#src/locales/operating/health-reasons.ts';
import { spanish } from '#src/locales/spanish.ts';
import { cannotChat, pullAdvice } from '#src/models/host-probe.ts';
import { projectFolder } from '../../scripts/toolchain/project.mjs';

/** Where parts say how they are. */
const files = [
	'src/http/readiness.ts',
	...globSync('adapters/{slack,teams,discord}/{index,connection,gateway,owner}.ts', { cwd: projectFolder }),
];

/** Sentences of a `reason` or of a function that explains one; what stands between `${` and `}` is anything. */
function sentencesIn(source: string): string[] {
	const said =
		/(?:reason: (?:\w+ \?\? )?|reason\b[^\n]*\?\? |return |advice = |tokenRefused =\s+|\d{4}: )(?:'([^'\n]{16,})'|`([^\n]{16,}?)`[;,) ])/g;
	const sentences = [...source.matchAll(said)].map(([, plain, template]) => plain ?? template?.replace(/\$\{[^}]*\}/g, '7') ?? '');
	return sentences.filter((sentence) => sentence.includes(' ')).map((sentence) => sentence.replaceAll('\\`', '`'));
}

const sentences = files.flatMap((file) =>
	sentencesIn(readFileSync(`${projectFolder}/${file}`, 'utf8')).map((sentence) => [file, sentence] as const),
);

const ofModels = [
	pullAdvice('qwen3:8b'),
	cannotChat({ name: 'bge', isDefault: true }),
	cannotChat({ name: 'bge', isDefault: false }),
	'bge makes no vectors: set OLLAMA_EMBEDDING_MODEL to a model that does',
].map((sentence) => ['src/models/host-probe.ts', sentence] as const);

it.each([...sentences, ...ofModels])('%s: %s', (_file, sentence) => {
	expect(spanishHealthReason(sentence)).not.toBe(sentence);
});

it('keeps names, codes and addresses, of several hosts at once', () => {
	const reason =
		'http://one: no answer (connection-failed): is Ollama running there, and the address right?; http://two: the model is missing: run `ollama pull a:1` there';
	expect(spanish.administration.operating.health.reason(reason)).toBe(
		'http://one: no responde (connection-failed): ¿funciona Ollama ahí, y es correcta la dirección?; http://two: falta el modelo: ejecuta `ollama pull a:1` ahí',
	);
	expect(english.administration.operating.health.reason(reason)).toBe(reason);
	expect(sentences.length).toBeGreaterThan(15);
});
