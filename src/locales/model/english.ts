/** What the bot says about which model answers, in English. Names of models come in as text that is safe to show. */

export const model = {
	/** What became of a choice, and why a model answers. */
	origin: {
		conversation: 'chosen for this conversation',
		person: 'chosen by you for yourself',
		channel: 'chosen for all that is asked here',
		default: 'the usual one',
	},
	current: (name: string, origin: string) => `${name} answers you here: ${origin}.`,
	currentOfNew: (name: string, origin: string) => `${name} answers what you ask here from now on: ${origin}.`,
	allowed: 'You may use:',
	standard: (name: string) => `${name} (the usual one)`,
	onlyThis: 'There is no other that you may use.',
	noneAllowed: 'You may use no model here. An administrator can change that.',
	how: (name: string) =>
		`Choose with “model ${name}” in a conversation, “model ${name} me” for yourself everywhere, “model ${name} channel” for all that is asked in a place. “model default” takes a choice back.`,
	chosen: {
		conversation: (name: string) => `${name} answers in this conversation from now on, whoever of you may use it.`,
		person: (name: string) => `${name} answers you from now on, wherever nothing else is chosen.`,
		channel: (name: string) => `${name} answers what is asked here from now on, whoever may use it and has not chosen another one.`,
	},
	takenBack: {
		conversation: 'Nothing is chosen for this conversation any more.',
		person: 'You have chosen nothing for yourself any more.',
		channel: 'Nothing is chosen any more for all that is asked here.',
	},
	/** The command came from where no conversation is. */
	forYourself:
		'I cannot tell which conversation you mean, so I took it as a choice for yourself. For one conversation, write the same in it to me.',
	still: (name: string, origin: string) => `What answers you here is still ${name}, ${origin}.`,
	unknown: (name: string) => `I have no model called ${name}.`,
	forbidden: (name: string) => `You may not use ${name}. An administrator can change that.`,
	onlyAdministrators: 'For all that is asked here only administrators choose. You can choose for one conversation, or for yourself.',
};
