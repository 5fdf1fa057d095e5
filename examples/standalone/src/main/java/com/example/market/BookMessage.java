package com.example.market;

/** What the book takes. An actor that forgets one of these is refused when it is made. */
public sealed interface BookMessage permits Quote, SpreadQuery {}
