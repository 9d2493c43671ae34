import { describe, expect, it } from 'vitest';
import { quotaCommand } from '#src/commands/quota.ts';
import type { Quota } from '#src/limits/limits.ts';
import { createStandardLimits } from '#src/limits/standard-limits.ts';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import { commandsOver, employee, runCommand } from './command-scene.ts';

const allowed = createStandardLimits({ requestsPerMinute: 20, tokensPerDay: 500_000, repliesInFlight: 10 })('ccb_employee');
const untouched = { used: 0, resetInMs: 0 };
const nothing = { requestsPerMinute: untouched, tokensPerDay: untouched, uploadsPerDay: untouched };

async function said(quota: Quota, words = english): Promise<string[]> {
	const services = { limits: { quota: async () => quota }, readableCharacters: 11_000 };
	return (await runCommand(quotaCommand, '', { services, person: employee, words })).split('\n');
}

describe('quota', () => {
	it('shows what was used, what is left and when it is back', async () => {
		const used = {
			requestsPerMinute: { used: 3, resetInMs: 42_000 },
			tokensPerDay: { used: 512_000, resetInMs: 7_500_000 },
			uploadsPerDay: untouched,
		};
		expect(await said({ allowed, used })).toEqual([
			'Your role: employee',
			'• Questions a minute: 3 of 20 used, 17 left; all back in 42 s',
			'• Tokens a day: 512,000 of 500,000 used, 0 left; all back in 2 h 5 min',
			'• Files a day: all 50 left',
			'• Answers at the same time: up to 10',
			'• Characters in a message: up to 11,000',
			'• Size of a file: up to 25 MiB',
		]);
		expect(await said({ allowed, used }, spanish)).toEqual([
			'Tu rol: employee',
			'• Preguntas por minuto: has usado 3 de 20, quedan 17; todo de nuevo dentro de 42 s',
			'• Tokens al día: has usado 512.000 de 500.000, quedan 0; todo de nuevo dentro de 2 h 5 min',
			'• Archivos al día: te quedan 50, sin usar',
			'• Respuestas a la vez: hasta 10',
			'• Caracteres por mensaje: hasta 11.000',
			'• Tamaño de un archivo: hasta 25 MiB',
		]);
	});

	it('says so where there is no limit, and shows what was used all the same', async () => {
		const none = {
			...allowed,
			requestsPerMinute: null,
			tokensPerDay: null,
			repliesInFlight: null,
			messageCharacters: null,
			uploadBytes: null,
		};
		const used = { ...nothing, tokensPerDay: { used: 1_234, resetInMs: 5_000 } };
		expect(await said({ allowed: none, used })).toEqual(
			expect.arrayContaining([
				'• Questions a minute: 0 used, no limit',
				'• Tokens a day: 1,234 used, no limit',
				'• Answers at the same time: no limit',
				'• Characters in a message: up to 11,000',
				'• Size of a file: no limit',
			]),
		);
	});

	it('shows models, tools and a limit of nothing only where they are restricted', async () => {
		const lines = await said({ allowed: { ...allowed, tokensPerDay: 0, models: ['a', 'b'], tools: [] }, used: nothing });
		expect(lines).toContain('• Tokens a day: not allowed');
		expect(lines.slice(-2)).toEqual(['• Models: a, b', '• Tools: not allowed']);
	});

	it.each(['quota', 'cuota', 'límites', 'Límites?'])('is meant by “%s”', (message) => {
		expect(commandsOver({}).findSpoken(message)?.command).toBe(quotaCommand);
	});
});
