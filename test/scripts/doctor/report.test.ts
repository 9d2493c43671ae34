import { expect, test } from 'vitest';
import { readDoctorOptions } from '../../../scripts/doctor/options.ts';
import { type Examined, exitCodeOf, report } from '../../../scripts/doctor/report.ts';
import { english } from '../../../scripts/doctor/words-english.ts';
import { spanish } from '../../../scripts/doctor/words-spanish.ts';

const examined: Examined[] = [
	{
		area: 'slack',
		findings: [
			{ level: 'good', code: 'slack-token', team: 'Acme', bot: 'openccb' },
			{ level: 'warning', code: 'slack-scopes-unknown' },
			{ level: 'note', code: 'slack-signing-secret' },
		],
	},
	{ area: 'ollama', findings: [{ level: 'bad', code: 'model-missing', host: 'http://gpu:11434', model: 'gemma4:e4b' }] },
];

test('each finding is one line: a mark, what was looked at, and what to do', () => {
	const lines = report(examined, english, []).split('\n');
	expect(lines[0]).toBe('✅ Slack: the token is good: “openccb” in “Acme”');
	expect(lines[1]).toMatch(/^⚠️ {2}Slack: .+ → .+/);
	expect(lines[2]).toMatch(/^ℹ️ {2}Slack: .+ → .+/);
	expect(lines.slice(3)).toEqual([
		'❌ Ollama: http://gpu:11434 does not have gemma4:e4b → run `ollama pull gemma4:e4b` there',
		'',
		'1 thing is wrong, 1 thing deserves a look.',
		'',
	]);
});

test('the same is said in Spanish', () => {
	expect(report(examined, spanish, [])).toContain(
		'❌ Ollama: http://gpu:11434 no tiene gemma4:e4b → ejecuta ahí `ollama pull gemma4:e4b`\n',
	);
});

test('only what is bad makes the exit code 1', () => {
	expect(exitCodeOf(examined)).toBe(1);
	expect(exitCodeOf(examined.slice(0, 1))).toBe(0);
});

test('a secret that got into a finding is not shown, and a name cannot steer the terminal', () => {
	const findings = [{ level: 'good', code: 'slack-token', team: 'xoxb-top-secret', bot: '\u001b[2Jbot\u202e\n❌' } as const];
	const text = report([{ area: 'slack', findings }], english, ['xoxb-top-secret']);
	expect(text).toContain('•••');
	for (const unwanted of ['top-secret', '\u001b', '\u202e']) expect(text).not.toContain(unwanted);
	expect(text.split('\n')).toHaveLength(4);
});

test.each([
	[['--language', 'es'], { LANG: 'en_GB.UTF-8' }, 'es'],
	[['--language=en'], { LANG: 'es_ES.UTF-8' }, 'en'],
	[[], { LC_ALL: 'es_MX.UTF-8', LANG: 'en_US.UTF-8' }, 'es'],
	[[], { LC_ALL: '', LANG: 'es_ES' }, 'es'],
	[[], { LANG: 'en_US.UTF-8', OPENCCB_LANGUAGE: 'es' }, 'en'],
	[[], { LANG: 'C.UTF-8', OPENCCB_LANGUAGE: 'es' }, 'es'],
	[[], { LANG: 'de_DE.UTF-8' }, 'en'],
	[[], { OPENCCB_LANGUAGE: 'es' }, 'es'],
	[[], {}, 'en'],
])('%j in %j is answered in %s', (words, environment, language) => {
	expect(readDoctorOptions(words, environment)).toEqual({ language, isUnderstood: true });
});

test.each([[['--language', 'fr']], [['--language']], [['--all']], [['everything']]])('%j is not understood', (words) => {
	expect(readDoctorOptions(words, {})).toMatchObject({ isUnderstood: false });
});
