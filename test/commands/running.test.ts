import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { choiceOf } from '#src/commands/choices.ts';
import { defineCommand } from '#src/commands/definition.ts';
import { readArguments } from '#src/commands/typed-arguments.ts';
import { english } from '#src/locales/english.ts';
import { employee, placeOfKind, runCommand } from './command-scene.ts';

const size = choiceOf({ small: { en: 'small', es: 'pequeño' }, large: { en: 'large', es: 'grande', otherWords: ['enorme'] } });
const count = { schema: z.string().regex(/^\d+$/).transform(Number).optional() };
const common = {
	names: { en: 'status', es: 'estado' },
	audience: 'everyone',
	answer: 'private',
	examples: ['status small', 'estado grande'],
} as const;
const sized = defineCommand({ ...common, arguments: { size }, run: async (_context, values) => [JSON.stringify(values)] });

describe('a command that is run', () => {
	it('gets its arguments as their schemas read them, typed in a row or one by one', async () => {
		expect(await runCommand(sized, 'Grande!')).toBe('{"size":"large"}');
		expect(await runCommand(sized, { size: 'small' })).toBe('{"size":"small"}');
		expect(await runCommand(sized, '')).toBe('{}');
	});

	it('shows its examples where it cannot read what was typed, and does nothing', async () => {
		expect(await runCommand(sized, 'medium')).toBe(english.command.misread('status small · estado grande'));
	});

	it('is refused to whom it is not for, and answered in the personal chat alone where it says so', async () => {
		expect(await runCommand({ ...sized, audience: 'administrators' }, '', { person: employee })).toBe('not-allowed');
		const place = placeOfKind('group');
		expect(await runCommand({ ...sized, answer: 'direct-chat' }, '', { place })).toBe(english.command.directOnly);
	});
});

describe('several arguments', () => {
	const declared = { who: { schema: z.string() }, count, why: { schema: z.string().optional() } };

	it.each([
		['"Ana Pérez" 3 of the best', { who: 'Ana Pérez', count: 3, why: 'of the best' }],
		['Ana of  the “very best”', { who: 'Ana', count: undefined, why: 'of the very best' }],
		['Ana 3', { who: 'Ana', count: 3, why: undefined }],
		['Ana', { who: 'Ana', count: undefined, why: undefined }],
	])('are read from %j', (typed, values) => expect(readArguments(declared, typed)).toEqual({ values }));

	it('name the first that is missing', () => expect(readArguments(declared, ' ')).toEqual({ unread: 'who' }));

	it('hold nothing that the database cannot keep', () => {
		expect(readArguments(declared, 'A\0')).toEqual({ values: { who: 'A\uFFFD', count: undefined, why: undefined } });
		expect(readArguments(declared, { who: 'A\0' })).toEqual({ values: { who: 'A\uFFFD', count: undefined, why: undefined } });
	});
});
