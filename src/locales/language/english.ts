/** What the bot says about the language in which it speaks to somebody, in English. */

export const language = {
	/** By what was chosen; `auto`: by nobody. */
	current: {
		en: 'I speak English to you, since you chose it.',
		es: 'I speak Spanish to you, since you chose it.',
		auto: 'I speak to you in the language of your chat.',
	},
	how: 'Say “lang english”, “lang spanish”, or “lang auto” for that of your chat. It holds on all platforms and on the web.',
	chosen: {
		en: 'Done: from now on I speak English to you, on all platforms and on the web.',
		es: 'Done: from now on I speak Spanish to you, on all platforms and on the web.',
		auto: 'Done: from now on I speak to you in the language of your chat.',
	},
};
