/** What is said about all that is held of a person, in English. */

export const myData = {
	what: [
		'“my-data export” gives you all that I hold of you, as a file, here where nobody else sees it.',
		'“my-data delete” erases it: what you asked and what I answered, the files that you shared, your ratings, titles and sessions. I ask you before.',
	].join('\n'),
	exporting: 'I am putting together all that I hold of you. It comes here as a file in a moment.',
	offering: 'I am putting together all that I hold of you. In a moment I ask you here where in your files it belongs.',
	noFiles:
		'This platform takes no files from me. Say “my-data export” to me in Slack or Discord with a linked account, or ask an administrator.',
	about: 'All that OpenCCB holds of you, by table. Times are UTC.',
	part: (part: number, parts: number) => (parts === 1 ? 'All that I hold of you.' : `All that I hold of you, part ${part} of ${parts}.`),
	notExported: 'I could not bring you the file with all that I hold of you. Please ask for it again, or tell an administrator.',
	deleting: 'Read the message with the button: nothing is erased before you press it.',
	sure: (minutes: number) =>
		[
			'⚠️ This erases all that I hold of you, on all your linked accounts, and nobody can bring it back: your questions and my answers to them, your conversations, the files that you shared and what was published of them, your ratings, titles, choices and sessions on the web.',
			'What stands in the chat itself stays there, and so does what others said. An empty entry stays, so that blocks and limits go on to hold.',
			`The button works once, within ${minutes} minutes.`,
		].join('\n'),
	button: 'Erase all of it',
	begun: 'It is being erased. I tell you here when it is done.',
	erased: '✅ All that I held of you is erased. Whatever you say to me from now on is new.',
	notErased:
		'⚠️ Not all that I hold of you could be erased. It has been logged; please tell an administrator, or say “my-data delete” again.',
	/** Of the question where the file belongs. */
	fileRefused: {
		unknown: 'I know nothing of this file any more. Say “my-data export” again.',
		'not-yours': 'Only the person to whom I offered this file can take it. Nothing was done, and it has been noted.',
		used: 'You have taken this file already. Say “my-data export” for another one.',
		expired: 'This offer has run out, so nothing was done. Say “my-data export” again.',
	},
	refused: {
		unknown: 'I know nothing of this button any more. Say “my-data delete” again.',
		'not-yours': 'Only the person whom I asked can confirm that. Nothing was done, and it has been noted.',
		used: 'You have confirmed that already. Nothing more was done.',
		expired: 'This button has run out, so nothing was done. Say “my-data delete” again.',
	},
};
