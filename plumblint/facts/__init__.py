"""The vocabulary: every kind of fact, by the name policies use."""

from __future__ import annotations

from plumblint.facts.command import Command
from plumblint.facts.compose import ComposeFile, Dependency, Service
from plumblint.facts.container import (
    Base,
    Container,
    Healthcheck,
    Mount,
    Port,
    Process,
    Variable,
)
from plumblint.facts.delivery import Check, DeliveryStep, Deployment
from plumblint.facts.dockerfile import Copy, Installation, Instruction, Reference, Stage
from plumblint.facts.fact import Fact, Many, Map, Maybe, Origin, Related, Sure, Unknown
from plumblint.facts.image import Image
from plumblint.facts.infrastructure import (
    Backend,
    FirewallRule,
    Input,
    Module,
    Output,
    Provider,
    Provisioner,
    Resource,
    RootModule,
)
from plumblint.facts.pipeline import (
    Action,
    Checkout,
    Condition,
    Expression,
    Filter,
    Job,
    Permission,
    Step,
    Trigger,
    Workflow,
)
from plumblint.facts.repository import File, Problem, Secret, Suppression

KINDS: dict[str, type[Fact]] = {
    kind.KIND: kind
    for kind in (
        Action, Backend, Base, Check, Checkout, Command, ComposeFile, Condition, Container, Copy,
        DeliveryStep, Dependency, Deployment, Expression, File, Filter, FirewallRule,
        Healthcheck, Image, Input, Installation, Instruction, Job, Module,
        Mount, Output, Permission, Port, Problem, Process, Provider, Provisioner, Reference,
        Resource, RootModule, Secret, Service, Stage, Step, Suppression, Trigger, Variable,
        Workflow,
    )
}  # fmt: skip
"""Every kind of fact by its name in policies."""

__all__ = [
    "KINDS", "Action", "Backend", "Base", "Check", "Checkout", "Command", "ComposeFile",
    "Condition", "Container", "Copy", "DeliveryStep", "Dependency", "Deployment", "Expression",
    "Fact", "File", "Filter", "FirewallRule", "Healthcheck", "Image", "Input",
    "Installation", "Instruction", "Job", "Many", "Map", "Maybe", "Module", "Mount", "Origin",
    "Output", "Permission", "Port", "Problem", "Process", "Provider", "Provisioner", "Reference",
    "Related", "Resource", "RootModule", "Secret", "Service", "Stage", "Step", "Suppression",
    "Sure", "Trigger", "Unknown", "Variable", "Workflow",
]  # fmt: skip
