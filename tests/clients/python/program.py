"""An MCP client with the Python SDK, as a program on this device.

It takes commands on its standard input, one a line (`call NAME`, `expire`, `tokens`), and says on its
standard output, as JSON, one a line, what became of them. Where the user is needed, it says which
address to open, and waits for the answer at its own callback.
"""

import asyncio
import json
import sys
from urllib.parse import parse_qs, urlsplit

import httpx2
from mcp import Client
from mcp.client.auth import OAuthClientProvider, TokenStorage
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientInformationFull, OAuthClientMetadata, OAuthToken

PAGE = b"<!doctype html><html lang=en><title>Program</title><link rel=icon href=data:,><h1>Received</h1>"


def say(**event: object) -> None:
    print(json.dumps(event), flush=True)


class Memory(TokenStorage):
    """Keeps everything while the program runs."""

    def __init__(self) -> None:
        self.tokens: OAuthToken | None = None
        self.client: OAuthClientInformationFull | None = None

    async def get_tokens(self) -> OAuthToken | None:
        return self.tokens

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self.tokens = tokens

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return self.client

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        self.client = client_info


class Callback:
    """The program's own listener, which takes the answers that browsers bring."""

    def __init__(self) -> None:
        self.answers: asyncio.Queue[dict[str, str]] = asyncio.Queue()

    async def open(self) -> str:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/callback"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        target = (await reader.readline()).decode().split(" ")[1]
        while (await reader.readline()).strip():
            pass
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % len(PAGE))
        writer.write(PAGE)
        await writer.drain()
        writer.close()
        url = urlsplit(target)
        if url.path == "/callback":
            await self.answers.put({name: values[0] for name, values in parse_qs(url.query).items()})

    async def answer(self) -> AuthorizationCodeResult:
        answer = await self.answers.get()
        return AuthorizationCodeResult(code=answer.get("code", ""), state=answer.get("state"), iss=answer.get("iss"))


async def ask_user(address: str) -> None:
    say(event="authorize", address=address)


async def run(command: str, client: Client, provider: OAuthClientProvider, memory: Memory) -> None:
    verb, _, name = command.partition(" ")
    if verb == "call":
        result = await client.call_tool(name, {})
        say(event="result", text=result.content[0].text)
    elif verb == "expire":
        provider.context.token_expiry_time = 1
        say(event="expired")
    elif verb == "tokens":
        say(event="tokens", client=memory.client.client_id, **memory.tokens.model_dump())


def innermost(error: BaseException) -> BaseException:
    return innermost(error.exceptions[0]) if isinstance(error, BaseExceptionGroup) else error


async def main(url: str, client_metadata_url: str | None = None) -> None:
    callback, memory = Callback(), Memory()
    redirect_uri = await callback.open()
    say(event="started", callback=redirect_uri)
    metadata = OAuthClientMetadata(client_name="Note Keeper", redirect_uris=[redirect_uri], token_endpoint_auth_method="none")
    provider = OAuthClientProvider(url, metadata, memory, ask_user, callback.answer, client_metadata_url)
    commands = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    try:
        async with httpx2.AsyncClient(auth=provider) as http, Client(streamable_http_client(url, http_client=http)) as client:
            say(event="connected")
            while command := (await commands.readline()).decode().strip():
                await run(command, client, provider, memory)
    except Exception as error:
        say(event="failed", reason=f"{type(innermost(error)).__name__}: {innermost(error)}")


asyncio.run(main(*sys.argv[1:]))
