/** What is said in English of answers from the company's databases. Titles, names and values come in as text that is safe to show. */

const count = (value: number) => value.toLocaleString('en');

export const companyData = {
	/** In the place of bytes. */
	binary: '(binary)',
	receipt: {
		rows: (rows: number) => (rows === 1 ? '1 row' : `${count(rows)} rows`),
		cut: (rows: number) => `the first ${count(rows)} rows of more`,
		shown: (shown: number, rows: string) => `${count(shown)} of ${rows} shown`,
		columns: (shown: number, all: number) => `${shown} of ${all} columns shown`,
		at: (moment: string, timeZone: string) => `data of ${moment} (${timeZone})`,
		from: (connector: string, role: string) => `${connector}, as the role ${role}`,
		personal: 'only rows that you may see',
		named: (name: string) => `verified question “${name}”`,
		written: (model: string) => `query written by the model ${model} and checked before it ran`,
		assumed: 'Assumed',
		taken: (typed: string, value: string) => `“${typed}” taken for “${value}”`,
	},
	chart: (measures: string, category: string, greatest: string, value: string) =>
		`Chart: ${measures} by ${category}. The greatest is ${greatest}, with ${value}.`,
	/** There is a result, and nothing in it. */
	nothing: (connector: string) => `There is nothing of this in ${connector}.`,
	noValue: (connector: string) => `There are no data for this in ${connector}: no row had a value.`,
	because: {
		value: (what: string, value: string) => `Nothing there has “${value}” as its ${what}.`,
		instead: (values: string) => `Did you mean ${values}?`,
		ends: (what: string, moment: string) => `The data of ${what} end on ${moment}.`,
		all: 'All that you named is there; nothing has all of it together.',
	},
	/** The same whether there is such a thing or not. */
	notForYou: 'In the data that I can look at for you there is nothing about this.',
	notUnderstood: (connector: string) =>
		`I could not make a question to ${connector} of this that I would rely on. Ask in other words, with the names as they are there.`,
	unknownWord: (word: string) => `What I did not find: “${word}”.`,
	several: 'This needs data of two databases, and I cannot join those. Ask about each by itself.',
	which: (values: string) => `Which one do you mean: ${values}?`,
	quoted: (value: string) => `“${value}”`,
	failed: {
		away: (connector: string) => `The database of ${connector} does not answer at the moment. Try again in a while.`,
		slow: (connector: string) => `The database of ${connector} took too long over this. Ask for less: one year, one place, one kind.`,
		costly: (connector: string) => `This would cost the database of ${connector} too much. Ask for less: one year, one place, one kind.`,
		maintained: (connector: string) => `${connector} is being maintained: part of it cannot be asked now.`,
		unknownPerson: (connector: string) =>
			`${connector} shows everybody their own rows, and I cannot tell who you are there. Ask an administrator to look at your e-mail address.`,
		misconfigured: (connector: string) => `${connector} cannot be asked: its login does not work. Tell an administrator.`,
	},
	privately: 'I answer this only where nobody else reads along.',
	privatelyOffer: 'What you asked is in data that not everybody here may see.',
	noLonger: 'I do not show this answer here: meanwhile not everybody who reads along may see these data.',
	button: { sql: 'Show SQL', csv: 'Get CSV' },
	sql: (connector: string) => `This was sent to ${connector}:`,
	csvComment: (connector: string, moment: string) => `${connector}, as of ${moment}`,
	csvCut: (rows: number) => `Only the first ${count(rows)} rows: there are more than one file takes.`,
	csvGone: 'These data cannot be asked for again: they are not for you any more, or their connector has changed.',
	csvNotHere: 'I can show no files here, or not everybody here may see these data. Ask me the same in a personal chat.',
	csvRefused: 'The file could not be put where you wanted it. Press “Get CSV” again.',
	/** To one person alone. */
	csvLink: (connector: string, minutes: number) => ({
		title: `All rows of ${connector}, as CSV`,
		text: `The link is good for ${minutes} minutes and gives the rows that you may see. Give it to nobody.`,
	}),
	linkGone: 'This link has run out. Press “Get CSV” below the answer again for a new one.',
	/** In the place of an answer, for the model: its values were for people. */
	remembered: '[answered from a database of the company with a table that is not repeated here]',
};
