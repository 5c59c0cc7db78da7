import { expect } from 'chai';
import { ComponentError, Components } from '../../modules/api-docs/openapi/components.ts';
import { json } from '../../modules/framework/index.ts';

const ticket = json.named('Ticket', json.object({ number: json.number }));

describe('Schemas with a name', () => {
  it('stand once, and are referred to wherever they are used', () => {
    const components = new Components();
    const list = components.referring(json.object({ tickets: json.list(ticket), 'first?': json.orNull(ticket) }));
    expect(list).to.deep.equal({
      type: 'object',
      properties: {
        tickets: { type: 'array', items: { $ref: '#/components/schemas/Ticket' } },
        first: { anyOf: [{ $ref: '#/components/schemas/Ticket' }, { type: 'null' }] },
      },
      required: ['tickets'],
    });
    expect(components.all()).to.deep.equal({
      Ticket: { type: 'object', properties: { number: { type: 'integer' } }, required: ['number'] },
    });
  });

  it('are refused where two of them have one name', () => {
    const components = new Components();
    components.referring(ticket);
    expect(() => components.referring(json.named('Ticket', json.text)))
      .to.throw(ComponentError, 'title "Ticket"')
      .with.property('code', 'COMPONENT_TWICE');
  });

  it('may be told of apart from what is said of their use', () => {
    expect(new Components().referring(json.said('The one that was sold.', ticket))).to.deep.equal({
      description: 'The one that was sold.',
      allOf: [{ $ref: '#/components/schemas/Ticket' }],
    });
  });
});
