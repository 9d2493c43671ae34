/** What is typed for each setting of a channel is what the command takes. */

import { expect, it } from 'vitest';
import { channelCommand } from '#src/commands/channel.ts';
import { channelArguments, decisionOf } from '#src/commands/channel-words.ts';
import { readArguments } from '#src/commands/typed-arguments.ts';
import { channelOrder, choiceOfDecision, freeChoice, settingForms } from '../../../../adapters/web/page/admin/channel-form.ts';
import { operatingEnglish } from '../../../../adapters/web/page/admin/operating-english.ts';
import { operatingSpanish } from '../../../../adapters/web/page/admin/operating-spanish.ts';

const typed = { quiet: '22:00-07:00 Europe/Madrid', budget: '200000', retention: '90', stale: '365' } as const;

const orders = settingForms
	.filter(({ name }) => name !== 'model')
	.flatMap(({ name, choices, isFree, isForAll }) => {
		const values = [null, ...choices, ...(isFree === true ? [typed[name as keyof typeof typed]] : [])];
		return values.flatMap((value) => [channelOrder(name, value, false), ...(isForAll === true ? [channelOrder(name, value, true)] : [])]);
	});

it.each(orders)('“%s” is understood as a decision', (order) => {
	const read = readArguments(channelArguments, order.replace(`${channelCommand.names.en} `, ''));
	expect('values' in read && decisionOf(read.values)).toBeTruthy();
});

it('has a word for every choice, in both languages', () => {
	for (const { values } of [operatingEnglish.channels, operatingSpanish.channels])
		for (const { name, choices } of settingForms)
			for (const choice of choices) expect(values[name]?.[choice], `${name} ${choice}`).toBeTruthy();
});

it('tells what was typed from what was chosen, and both from nothing', () => {
	const [quiet] = settingForms.filter(({ name }) => name === 'quiet');
	if (quiet === undefined) throw new Error('there is no such setting');
	expect(['22:00-07:00', 'off', null].map((decided) => choiceOfDecision(quiet, decided))).toEqual([freeChoice, 'off', '']);
});
