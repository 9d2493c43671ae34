/** How each setting of a channel is chosen, and what is typed for it. Pure. */

import type { ChannelView } from '#src/api/contract/operating.ts';

export type SettingName = keyof ChannelView['settings'];

export interface SettingForm {
	name: SettingName;
	/** As they are typed; those of models come from the hosts. */
	choices: readonly string[];
	/** Whether something of one's own can be typed. */
	isFree?: true;
	/** Whether it can be decided for all channels of a workspace at once. */
	isForAll?: true;
}

export const settingForms: readonly SettingForm[] = [
	{ name: 'mode', choices: ['off', 'mention', 'threads', 'all'], isForAll: true },
	{ name: 'model', choices: [] },
	{ name: 'locale', choices: ['english', 'spanish', 'off'], isForAll: true },
	{ name: 'knowledge', choices: ['only', 'prefer', 'off'] },
	{ name: 'ingest', choices: ['on', 'ask', 'off'] },
	{ name: 'quiet', choices: ['off'], isFree: true, isForAll: true },
	{ name: 'budget', choices: ['off'], isFree: true, isForAll: true },
	{ name: 'retention', choices: ['off'], isFree: true, isForAll: true },
	{ name: 'stale', choices: [], isFree: true },
	{ name: 'digest', choices: ['on', 'here', 'off'] },
];

/** @param value Null takes the decision back. */
export function channelOrder(name: SettingName, value: string | null, isForAll: boolean): string {
	return ['channel', name, value ?? 'default', ...(isForAll ? ['everywhere'] : [])].join(' ');
}

/** Stands for whatever is typed. No order has a blank before it. */
export const freeChoice = ' free';

/** Which choice a decision is: empty where nothing was decided. */
export function choiceOfDecision({ choices, isFree }: SettingForm, decided: string | null): string {
	if (decided === null) return '';
	return isFree === true && !choices.includes(decided) ? freeChoice : decided;
}
