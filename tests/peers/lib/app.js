/*
 * An institution's application that speaks natively, in our hands: it answers
 * with what the test says, and keeps what it heard.
 */
'use strict';

const http = require('http');

const { Queue } = require('./wait');

/* ANSWERS gives for an event what is sent back: an object as JSON, a text as
 * it stands, a number as a status, or a function that has the response. */
exports.start = async (t, answers) => {
	const app = new App(answers);

	await new Promise(resolve => app.server.listen(0, '127.0.0.1', resolve));
	t.end(() => {
		app.server.close();
		app.server.closeAllConnections();
	});
	return app;
};

class App {
	constructor(answers) {
		this.answers = answers;
		this.heard = new Queue();
		this.all = [];
		this.server = http.createServer((request, response) => {
			let body = '';

			request.setEncoding('utf8');
			request.on('data', part => { body += part; });
			request.on('end', () => this.hear(request, body, response));
		});
	}

	get url() {
		return `http://127.0.0.1:${this.server.address().port}`;
	}

	hear(request, body, response) {
		const told = { ...JSON.parse(body), path: request.url,
		    headers: request.headers };
		const answer = this.answers(told);

		this.all.push(told);
		this.heard.put(told);
		if (typeof answer === 'function')
			answer(response);
		else if (typeof answer === 'number')
			response.writeHead(answer).end();
		else
			response.end(typeof answer === 'object' ?
			    JSON.stringify(answer) : answer);
	}

	/* The next one with that event that nobody has taken. */
	hears(event) {
		return this.heard.take(event, told => told.event === event);
	}
}
