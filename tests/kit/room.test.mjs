/** Which entry gives way when there are too many, at the lists themselves. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { createRoom } from '../../server/node/src/kept/room.ts';

function filled(limits = {}) {
  const gone = [];
  const room = createRoom({ most: 10, perBrowser: 10, perAddress: 10, perAccount: 10, ...limits }, ({ id }) => gone.push(id));
  const enter = (id, owner = {}) => {
    const entry = { id, expires: 100, ...owner };
    room.enter(entry);
    return entry;
  };
  return { gone, room, enter };
}

test('what is over gives way before a stranger’s older open entry, and a user’s open one never does', () => {
  const { gone, room, enter } = filled();
  enter('user', { account: 'ada' });
  enter('parked');
  room.end(enter('over'));
  assert.deepEqual([room.make(), room.make(), room.make()], [true, true, false]);
  assert.deepEqual(gone, ['over', 'parked']);
});

test('an entry that ends is no longer counted in its group', () => {
  const { gone, room, enter } = filled({ perAccount: 1 });
  const entry = enter('one', { account: 'ada' });
  assert.equal(room.makeInGroups({ account: 'ada' }), false);
  room.end(entry);
  assert.equal(room.makeInGroups({ account: 'ada' }), true);
  assert.deepEqual(gone, []);
});

test('an entry that is moved when it is over stays over, and an open one becomes its new owner’s', () => {
  const { gone, room, enter } = filled({ perAccount: 1 });
  const over = enter('over');
  room.end(over);
  room.move(over, { account: 'ada' });
  assert.equal(room.makeInGroups({ account: 'ada' }), true);
  room.move(enter('open'), { account: 'ada' });
  assert.equal(room.makeInGroups({ account: 'ada' }), false);
  assert.deepEqual([room.make(), room.make()], [true, false]);
  assert.deepEqual(gone, ['over']);
});

test('an entry expires in the moment that it names, and not before', () => {
  const { room, enter } = filled();
  enter('entry', { account: 'ada' });
  room.expire(99);
  assert.equal(room.make(), false);
  room.expire(100);
  assert.equal(room.make(), true);
});
