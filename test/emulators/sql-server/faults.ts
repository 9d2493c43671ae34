/** An error as SQL Server sends it: a number and a sentence, which quotes what it is about. */

export class ServerFault extends Error {
	readonly number: number;

	constructor(number: number, message: string) {
		super(message);
		this.number = number;
	}
}
