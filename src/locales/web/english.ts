/** What the bot says about the web, in the chat and there, in English. */

interface PasswordLength {
	least: number;
	most: number;
}

export const web = {
	off: 'There is no web page here: an administrator has to switch it on.',
	link: (address: string, minutes: number) =>
		[
			`Open this to use me in your browser: ${address}`,
			`It works once, within ${minutes} minutes, and signs in as you. Give it to nobody: whoever opens it reads all that you may read.`,
		].join('\n'),
	privateOnly: 'Say that to me in our personal chat, and I give you a link there, where nobody else can press it.',
	confirm: (agent: string, address: string, code: string) =>
		[
			`A browser asks to be signed in as you: ${agent === '' ? 'one without a name' : agent}, from ${address}.`,
			`Only if you are sitting in front of it, say: web ${code} yes`,
			'Did somebody send you this code? Then do nothing: they would read all that you may read.',
		].join('\n'),
	confirmed: 'Done: that browser is signed in as you. You can sign it out again on the page, in its settings.',
	refused: {
		unknown: 'No browser shows this code now. A code is good for 5 minutes; let the page show a new one.',
		locked: (minutes: number) => `Too many wrong codes. You can try again in ${minutes} min.`,
	},
	notACode: 'That is not a code. The page shows it; it looks like K7QF-2M9X. Say “web” alone for a link.',
	errors: {
		INVALID: (field: string | null) => (field === null ? 'I cannot read what was sent.' : `I cannot read what was sent: ${field}.`),
		UNAUTHENTICATED: 'Nobody is signed in here, or not any more. Say “/ccb web” to me in the chat for a link.',
		FORBIDDEN: 'That is not allowed from here.',
		NOT_FOUND: 'There is no such thing, or it is not for you.',
		CONFLICT: 'That cannot be done here, or not now.',
		TOO_LARGE: 'That is more than I take at once.',
		UNSUPPORTED_TYPE: 'I take JSON, and files as their bytes.',
		WRONG_HOST: 'I do not answer under this name.',
		RATE_LIMITED: (seconds: number) => `Too many requests. Try again in ${seconds} s.`,
		INTERNAL: 'Something went wrong on my side, and it has been logged.',
		UNAVAILABLE: 'I cannot get at what I need just now. Try again in a moment; nothing is lost.',
	},
	guest: 'I work for people of the company, and this account is a guest. An administrator can let you in.',
	notForTokens: 'A token cannot be used for that. Sign in on the page.',
	tokenScope: (scope: string) => `This token does not allow that: it lacks “${scope}”. Make another one on the page, in the settings.`,
	signInFirst: (minutes: number) =>
		`A token can be made for ${minutes} minutes after signing in. Say “/ccb web” to me in the chat, come in by the link, and make it then.`,
	signInToOrder: (minutes: number) =>
		`What changes something can be ordered here for ${minutes} minutes after signing in. Say “/ccb web” to me in the chat and come in by the link.`,
	mostTokens: (most: number) => `You have ${most} tokens, which is as many as I keep. End one that you do not need, then make this one.`,
	compatible: {
		noToken: 'There is no valid token with this request. Make one on the page, in the settings, and send it as the API key.',
		unsupported: (param: string) => `I cannot do what “${param}” asks for. Leave it out and send the request again.`,
		unreadable: (param: string) => (param === '' ? 'I cannot read this request.' : `I cannot read “${param}”.`),
		noQuestion: 'The last message has to be one of the user, with text in it.',
		noModel: (model: string) => `There is no model “${model}”, or it is not for you to use. GET /v1/models lists those that are.`,
		unknownAddress: 'There is nothing at this address. I know GET /v1/models, GET /v1/models/{id} and POST /v1/chat/completions.',
	},
	openId: {
		unasked: 'This browser did not ask to sign in this way, or asked again meanwhile. Begin once more on the page.',
		'too-late': 'That took longer than ten minutes. Begin once more on the page.',
		denied: 'Nothing was allowed there, so nobody is signed in. Begin once more on the page, or say “/ccb web” to me in the chat.',
		'wrong-token':
			'What came back does not fit what was asked. Nobody is signed in; begin once more on the page, and tell an administrator if it happens again.',
		'not-ours': 'This account is none of those that I answer. Sign in with the one that you have in the company’s chat.',
	},
	passwords: {
		wrong:
			'Name and password do not belong together here. Look at both and try again; who has forgotten theirs asks an administrator for a link.',
		wrongPassword: 'That is not your password. Look at it and try again.',
		wrongCode: 'That code does not count, or not any more. Take the one that the app shows now, or a recovery code that you have not used.',
		linkGone: 'This link was used already, or has run out. Ask an administrator for a new one.',
		unfit: {
			'too-short': ({ least }: PasswordLength) =>
				`A password has ${least} characters or more: a few words that do not belong together are easy to keep.`,
			'too-long': ({ most }: PasswordLength) => `A password has ${most} characters at most.`,
			'too-common': () => 'That is made of words, names or rows of keys that are tried first. Choose something that nobody expects of you.',
		},
	},
	linkGone: 'This link was used already, or has run out. Say “/ccb web” to me in the chat for a new one.',
	codeGone: 'This code has run out. Let the page show a new one.',
	askElsewhere: 'This conversation is held in the chat. Go on with it here in a new one, or ask there.',
	uploadsFull: 'You have given as many files today as I keep. They go after a day.',
	uploadGone: 'A file of this question is not here any more: files are kept for a day. Give it to me again.',
	modelRefused: 'There is no such model, or it is not for you to use.',
	removed: {
		removed: (platform: string | null) =>
			platform === null
				? 'It is removed, with all that was said in it.'
				: `It is removed here, with all that was said in it. The messages in ${platform} stay there; delete them there if you want them gone.`,
		hidden: 'Others take part in it, so it stays for them. It has left your list, until something is said in it again.',
	},
	export: {
		title: 'Conversation',
		me: 'You',
		assistant: 'The assistant',
		sources: 'Sources',
		gone: '(taken back)',
	},
};
