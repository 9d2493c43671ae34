/** What administrators are told about answers that people called wrong, in English. */

const documents = (count: number) => (count === 1 ? '1 document' : `${count} documents`);

export const feedback = {
	none: 'Nobody has called an answer with sources wrong, and no case is accepted.',
	candidates: 'Answers that somebody called wrong. “feedback show NUMBER” shows one, on the record; then accept or reject it:',
	accepted: 'Accepted: `npm run eval` asks these again:',
	line: (number: number, at: string, about: number, hasReason: boolean) =>
		`#${number}: ${at}, ${documents(about)}${hasReason ? ', with a reason' : ''}`,
	row: {
		question: 'Question',
		answer: 'Answer',
		reason: 'Why it is wrong',
		why: 'Why',
		model: 'Model',
		date: 'Date',
		found: 'Passages that were found',
		cited: 'Passages that it cites',
		with: 'A right answer has',
		without: 'A right answer does not have',
	},
	nothing: 'none',
	noneShown: 'Nobody has shown you a question and its answer.',
	shownToYou: 'Questions and answers that those who asked show to administrators:',
	by: (person: string) => `by ${person}`,
	/** Stands in the audit log, as the reason why it was read. */
	whyRead: (number: number) => `feedback on case ${number}`,
	shown: (number: number, person: string) => `Case #${number}, asked by ${person}, on the record:`,
	acceptedNow: (number: number) => `Case #${number} is accepted: \`npm run eval\` asks it again from now on.`,
	rejectedNow: (number: number) => `Case #${number} is rejected.`,
	noCase: (number: number) =>
		`There is no case #${number}: it may have gone with its question or its document. “feedback list” shows which there are.`,
	noDocument: (number: number) =>
		`I know no document #${number} that the whole company may read. An evaluation reads no other; “docs publish” makes one of it.`,
	inChatAlone: 'What people said is shown to administrators in the chat alone, on the record.',
	expect:
		'Say what is expected: numbers of documents as “docs” shows them, with "words that a right answer has", without "words that it does not have", or nothing where it is right to find nothing.',
};
