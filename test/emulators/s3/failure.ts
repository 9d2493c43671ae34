/** An error as S3 answers it: a status, a code and a sentence. */

export class S3Failure extends Error {
	readonly status: number;
	readonly code: string;

	constructor(status: number, code: string, message: string) {
		super(message);
		this.status = status;
		this.code = code;
	}
}
